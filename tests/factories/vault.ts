import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClinicKey, deriveClinicKey } from "#server/crypto/clinic-key.ts";
import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { openDirectoryKeyStore } from "#server/crypto/directory-key-store.ts";
import { openKekRing } from "#server/crypto/kek-ring.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { createKekFile } from "#server/crypto/rotate-kek.ts";
import { openVault, type Vault } from "#server/crypto/vault.ts";

export interface TestVault {
  vault: Vault;
  kekFile: string;
  keysDirectory: string;
  /** Another process's view of the same files: nothing cached. */
  reopen(): Vault;
}

/** A vault of its own, in a fresh folder. */
export async function makeVault(): Promise<TestVault> {
  const folder = await mkdtemp(join(tmpdir(), "chevet-vault-"));
  const kekFile = join(folder, "kek.json");
  const keysDirectory = join(folder, "keys");
  await createKekFile(kekFile);
  await mkdir(keysDirectory, { mode: 0o700 });
  const reopen = () => openVault(openKekRing(kekFile), openDirectoryKeyStore(keysDirectory));
  return { vault: reopen(), kekFile, keysDirectory, reopen };
}

/** A clinic that has a key, and the key. */
export async function makeClinicKey(vault: Vault): Promise<{ clinicId: string; key: ClinicKey }> {
  const clinicId = randomUUID();
  await createClinicKey(clinicId, vault);
  return { clinicId, key: await openClinicKey(clinicId, vault) };
}

/** A key that is nowhere stored, for tests of what is done with keys. */
export function looseKey(id: string = randomUUID(), fill = 7): ClinicKey {
  return deriveClinicKey(id, Buffer.alloc(32, fill));
}
