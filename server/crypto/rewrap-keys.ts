import { destroyedEntry, idOfKeyEntry, keyEntry } from "./key-store.ts";
import { processVault, type Vault } from "./vault.ts";
import { parseWrappedKey, unwrapKey, wrapKey } from "./wrapped-key.ts";

export interface RewrapReport {
  rewrapped: number;
  /** Already wrapped by the current version. */
  current: number;
  /** Left behind by an interrupted destruction, and erased now. */
  erased: number;
  /** Ids whose entry could not be opened, with the reason: the others were done all the same. */
  failed: { id: string; reason: string }[];
}

/**
 * Wraps every data key anew under the current key-encryption key, one atomic replacement at a time. Clinics work on
 * meanwhile; nothing that they stored is touched. Stopped at any point it leaves only readable keys, and running it again
 * does what remains.
 */
export async function rewrapKeys(vault: Vault = processVault()): Promise<RewrapReport> {
  const report: RewrapReport = { rewrapped: 0, current: 0, erased: 0, failed: [] };
  for await (const name of vault.store.list()) {
    const id = idOfKeyEntry(name);
    if (!id) continue;
    try {
      const outcome = await rewrapKey(id, vault);
      if (outcome) report[outcome] += 1;
    } catch (error) {
      report.failed.push({ id, reason: (error as Error).message });
    }
  }
  return report;
}

async function rewrapKey(id: string, vault: Vault): Promise<"rewrapped" | "current" | "erased" | null> {
  if (await eraseIfDestroyed(id, vault)) return "erased";
  const content = await vault.store.read(keyEntry(id));
  if (!content) return null;
  const wrapped = parseWrappedKey(id, content);
  const kek = await vault.ring.current();
  if (wrapped.kek === kek.version) return "current";
  const dataKey = unwrapKey(wrapped, await vault.ring.version(wrapped.kek));
  try {
    await vault.store.replace(keyEntry(id), wrapKey(id, wrapped.createdAt, dataKey, kek));
  } finally {
    dataKey.fill(0);
  }
  // A destruction may have passed between the read and the replacement, which would have written the key back.
  return (await eraseIfDestroyed(id, vault)) ? "erased" : "rewrapped";
}

async function eraseIfDestroyed(id: string, { store }: Vault): Promise<boolean> {
  if (!(await store.read(destroyedEntry(id)))) return false;
  await store.erase(keyEntry(id));
  return true;
}
