import { performance } from "node:perf_hooks";
import { type ClinicKey, deriveClinicKey, PLATFORM_KEY_ID } from "./clinic-key.ts";
import { ensurePlatformKey } from "./create-clinic-key.ts";
import { CryptoError } from "./crypto-error.ts";
import { destroyedEntry, keyEntry } from "./key-store.ts";
import { processVault, type Vault } from "./vault.ts";
import { parseWrappedKey, unwrapKey } from "./wrapped-key.ts";

/** How long an opened key is kept, and so how long another process may still read after a destruction. */
const KEPT_FOR_MS = 60_000;
/** A leaked heap holds few keys, and a host of a thousand clinics stays fast. */
const KEPT_AT_MOST = 256;

/**
 * The working keys of a clinic, from the key store or from a small cache.
 * No network or disk inside a transaction: open the key first, then begin.
 * @throws CryptoError KeyMissing, KeyDestroyed, Unauthentic or KekUnavailable
 */
export function openClinicKey(clinicId: string, vault: Vault = processVault()): Promise<ClinicKey> {
  const { opened } = vault;
  const now = performance.now();
  const found = opened.get(clinicId);
  if (found && found.expiresAt > now) {
    // A Map keeps insertion order: inserting again makes this the most recently used.
    opened.delete(clinicId);
    opened.set(clinicId, found);
    return found.key;
  }
  const entry = { key: readKey(clinicId, vault), expiresAt: now + KEPT_FOR_MS };
  opened.delete(clinicId);
  opened.set(clinicId, entry);
  entry.key.catch(() => opened.get(clinicId) === entry && opened.delete(clinicId));
  dropStale(vault, now);
  return entry.key;
}

/** The installation's own key, for secrets that belong to no clinic (TOTP seeds). Made the first time it is asked for. */
export async function openPlatformKey(vault: Vault = processVault()): Promise<ClinicKey> {
  try {
    return await openClinicKey(PLATFORM_KEY_ID, vault);
  } catch (error) {
    if (!(error instanceof CryptoError) || error.code !== "KeyMissing") throw error;
    await ensurePlatformKey(vault);
    return openClinicKey(PLATFORM_KEY_ID, vault);
  }
}

async function readKey(clinicId: string, { ring, store }: Vault): Promise<ClinicKey> {
  // The mark first: an interrupted destruction may have left the key behind it.
  if (await store.read(destroyedEntry(clinicId))) {
    throw new CryptoError("KeyDestroyed", `The key of ${clinicId} was destroyed: what it protected cannot be read.`);
  }
  const content = await store.read(keyEntry(clinicId));
  if (!content) throw new CryptoError("KeyMissing", `The key store (${store.place}) has no key for ${clinicId}.`);
  const wrapped = parseWrappedKey(clinicId, content);
  return deriveClinicKey(clinicId, unwrapKey(wrapped, await ring.version(wrapped.kek)));
}

// Dropping the last reference is what wipes a key: expired ones must not stay just because nobody asked again.
function dropStale({ opened }: Vault, now: number): void {
  for (const [id, { expiresAt }] of opened) {
    if (expiresAt <= now || opened.size > KEPT_AT_MOST) opened.delete(id);
  }
}
