import type { Db } from "#server/db/database.ts";
import { wayOutToken } from "./contact-hash.ts";
import { ensureStanding, type Keys } from "./find-standing.ts";

/** The token that ends a clinic's mail to this address, which gets its row if it never was written to: the token then opens something. */
export async function ensureWayOut(db: Db, keys: Keys, email: string): Promise<string> {
  await ensureStanding(db, keys, "email", email);
  return wayOutToken(keys.clinic, "email", email);
}
