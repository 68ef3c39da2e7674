import { PLATFORM_KEY_ID } from "#server/crypto/clinic-key.ts";
import { keyEntry } from "#server/crypto/key-store.ts";
import { processVault } from "#server/crypto/vault.ts";
import { database } from "#server/db/database.ts";
import type { Check } from "./health-door.ts";

/**
 * What the web process cannot work without. The queue is not among them: a request only writes the outbox, which is the database's; a queue that is
 * down is the worker's to report, and no reason to turn people away.
 */
export const webChecks: Record<string, Check> = {
  database: () => database("web").call({ text: "select 1", values: [] }),
  keys: async () => {
    const { ring, store } = processVault();
    await Promise.all([ring.current(), store.read(keyEntry(PLATFORM_KEY_ID))]);
  },
};
