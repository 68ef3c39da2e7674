import { randomBytes } from "node:crypto";
import { CryptoError } from "./crypto-error.ts";
import { type KekFile, readKekFile } from "./kek-file.ts";
import { keyStatus } from "./key-status.ts";
import type { Vault } from "./vault.ts";
import { writeDurably } from "./write-durably.ts";

/** Writes a first key-encryption key file. @throws CryptoError KeyExists when there is one */
export async function createKekFile(path: string): Promise<void> {
  const created = await writeDurably(path, render({ current: "v1", keys: { v1: newKey() } }), { exclusive: true });
  if (!created) throw new CryptoError("KeyExists", `${path} exists already.`);
}

/** Adds a version to the file without using it: on several machines, distribute the file to all of them before `makeKekCurrent`. */
export async function addKek(path: string): Promise<string> {
  const file = await readKekFile(path);
  const newest = Math.max(...Object.keys(file.keys).map((version) => Number(version.slice(1))));
  const version = `v${newest + 1}`;
  await writeDurably(path, render({ ...file, keys: { ...file.keys, [version]: newKey() } }));
  return version;
}

/** Makes a version the current one. Running processes follow the file; `rewrapKeys` then moves the existing keys to it. */
export async function makeKekCurrent(path: string, version: string): Promise<void> {
  const file = await readKekFile(path);
  if (!file.keys[version])
    throw new CryptoError("KekUnavailable", `CHEVET_KEK_FILE: ${path} has no version ${version}.`);
  await writeDurably(path, render({ ...file, current: version }));
}

/**
 * Takes a version out of the file, once nothing needs it. After a destruction this also closes any stray copy of the
 * destroyed key that a disk snapshot or a copied folder may hold.
 * @throws CryptoError KekInUse while it is current or wraps a key
 */
export async function retireKek(path: string, version: string, vault: Vault): Promise<void> {
  const file = await readKekFile(path);
  if (!file.keys[version])
    throw new CryptoError("KekUnavailable", `CHEVET_KEK_FILE: ${path} has no version ${version}.`);
  if (file.current === version) throw new CryptoError("KekInUse", `${version} is the current version.`);
  const status = await keyStatus(vault);
  const inUse = status.versions.find((entry) => entry.version === version)?.keys ?? 0;
  if (inUse > 0 || status.malformed.length > 0) {
    throw new CryptoError(
      "KekInUse",
      `${version} still wraps ${inUse} keys (${status.malformed.length} unreadable). Run: keys rewrap`,
    );
  }
  const { [version]: _retired, ...keys } = file.keys;
  await writeDurably(path, render({ ...file, keys }));
}

function newKey(): string {
  return randomBytes(32).toString("base64");
}

function render(file: KekFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
