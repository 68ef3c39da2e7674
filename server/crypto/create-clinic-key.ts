import { randomBytes } from "node:crypto";
import { PLATFORM_KEY_ID } from "./clinic-key.ts";
import { CryptoError } from "./crypto-error.ts";
import { destroyedEntry, keyEntry } from "./key-store.ts";
import { processVault, type Vault } from "./vault.ts";
import { wrapKey } from "./wrapped-key.ts";

/**
 * Makes the data key of a new clinic. Call it **before** the transaction that inserts the clinic: a key without a clinic
 * is a small file to sweep, a clinic without a key could not store a NAM.
 * @throws CryptoError KeyExists, or KeyDestroyed (a destroyed clinic's id is never used again)
 */
export async function createClinicKey(clinicId: string, vault: Vault = processVault()): Promise<void> {
  if (await vault.store.read(destroyedEntry(clinicId))) {
    throw new CryptoError("KeyDestroyed", `The key of ${clinicId} was destroyed and is never made again.`);
  }
  if (!(await writeNewKey(clinicId, vault))) {
    throw new CryptoError("KeyExists", `${clinicId} has a key already.`);
  }
}

/** Makes the installation's own key unless it is there: several processes may call it at once. */
export async function ensurePlatformKey(vault: Vault = processVault()): Promise<void> {
  if (await vault.store.read(keyEntry(PLATFORM_KEY_ID))) return;
  await writeNewKey(PLATFORM_KEY_ID, vault);
}

async function writeNewKey(id: string, { ring, store }: Vault): Promise<boolean> {
  const dataKey = randomBytes(32);
  try {
    return await store.create(keyEntry(id), wrapKey(id, new Date().toISOString(), dataKey, await ring.current()));
  } finally {
    dataKey.fill(0);
  }
}
