import { PLATFORM_KEY_ID } from "./clinic-key.ts";
import { CryptoError } from "./crypto-error.ts";
import { destroyedEntry, keyEntry } from "./key-store.ts";
import { processVault, type Vault } from "./vault.ts";

/**
 * Destroys a clinic's data key: its NAM, secrets and files become unreadable in the database, its replicas and every
 * backup. **There is no way back.** Other processes forget the key within a minute. Running it again finishes an
 * interrupted destruction.
 * @param order what authorises it (the destruction order's number), kept in the mark that stays behind
 * @throws CryptoError KeyMissing when there never was a key
 */
export async function destroyClinicKey(clinicId: string, order: string, vault: Vault = processVault()): Promise<void> {
  if (clinicId === PLATFORM_KEY_ID)
    throw new CryptoError("KekInUse", "The platform's key is not a clinic's to destroy.");
  const { store, opened } = vault;
  const key = await store.read(keyEntry(clinicId));
  const mark = await store.read(destroyedEntry(clinicId));
  if (!key && !mark) throw new CryptoError("KeyMissing", `The key store (${store.place}) has no key for ${clinicId}.`);
  const content = `${JSON.stringify({ id: clinicId, order, destroyedAt: new Date().toISOString() })}\n`;
  // The mark before the erasure: from here on no crash and no concurrent re-wrap can bring the key back into use.
  await store.create(destroyedEntry(clinicId), Buffer.from(content));
  await store.erase(keyEntry(clinicId));
  opened.delete(clinicId);
}
