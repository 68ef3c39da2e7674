import { idOfDestroyedEntry, idOfKeyEntry, keyEntry } from "./key-store.ts";
import { processVault, type Vault } from "./vault.ts";
import { parseWrappedKey } from "./wrapped-key.ts";

export interface KeyStatus {
  place: string;
  current: string;
  /** Every version of the key-encryption key file, and how many data keys each one wraps. */
  versions: { version: string; keys: number; inFile: boolean }[];
  destroyed: number;
  /** Ids of entries that cannot be read. */
  malformed: string[];
}

/** What wraps what, for an operator: a version that wraps nothing may be retired. */
export async function keyStatus(vault: Vault = processVault()): Promise<KeyStatus> {
  const { ring, store } = vault;
  const inFile = await ring.versions();
  const counts = new Map(inFile.map((version) => [version, 0]));
  const malformed: string[] = [];
  let destroyed = 0;
  for await (const name of store.list()) {
    if (idOfDestroyedEntry(name)) destroyed += 1;
    const id = idOfKeyEntry(name);
    const content = id ? await store.read(keyEntry(id)) : null;
    if (!id || !content) continue;
    try {
      const { kek } = parseWrappedKey(id, content);
      counts.set(kek, (counts.get(kek) ?? 0) + 1);
    } catch {
      malformed.push(id);
    }
  }
  const versions = [...counts].map(([version, keys]) => ({ version, keys, inFile: inFile.includes(version) }));
  return { place: store.place, current: (await ring.current()).version, versions, destroyed, malformed };
}
