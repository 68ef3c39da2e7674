import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFile, stat } from "node:fs/promises";

/** What signs the heads now, and every public key whose signature on an old head still counts. */
export interface AuditKeys {
  signing: { id: string; key: KeyObject };
  /** By key id: the signing key's own public half, and those of its predecessors. */
  trusted: ReadonlyMap<string, KeyObject>;
}

const BLOCK = /-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * Reads CHEVET_AUDIT_KEY_FILE: an Ed25519 private key (PEM, PKCS #8), then, after a change of key, the public keys of the
 * earlier ones. It never leaves the machine that signs, and the database never sees it.
 * @throws Error with a sentence that says how to mend the file
 */
export async function readAuditKeys(path: string): Promise<AuditKeys> {
  const refuse = (why: string) => new Error(`CHEVET_AUDIT_KEY_FILE: ${path} ${why}`);
  const info = await stat(path).catch(() => null);
  if (!info) throw refuse("cannot be read.");
  if ((info.mode & 0o077) !== 0) throw refuse(`is open to other accounts. Run: chmod 600 ${path}`);
  const blocks = [...(await readFile(path, "utf8")).matchAll(BLOCK)].map(([block]) => block);
  const [first, ...earlier] = blocks;
  if (!first?.includes("PRIVATE KEY")) throw refuse("must begin with an Ed25519 private key in PEM.");
  const keys = [first, ...earlier].map((block) => createPublicKey(block));
  if (keys.some((key) => key.asymmetricKeyType !== "ed25519")) throw refuse("holds a key that is not Ed25519.");
  const trusted = new Map(keys.map((key) => [keyId(key), key]));
  return { signing: { id: keyId(keys[0] as KeyObject), key: createPrivateKey(first) }, trusted };
}

function keyId(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 16);
}
