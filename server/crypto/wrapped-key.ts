import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import { z } from "zod";
import { bindContext } from "./bind-context.ts";
import { CryptoError } from "./crypto-error.ts";
import { kekVersion } from "./kek-file.ts";
import type { Kek } from "./kek-ring.ts";

const wrappedKeySchema = z.object({
  format: z.literal(1),
  id: z.string(),
  kek: kekVersion,
  createdAt: z.iso.datetime(),
  /** nonce (12) ‖ ciphertext (32) ‖ tag (16), base64 */
  wrapped: z.base64().length(80),
});

/** What the key store holds for one clinic: readable by an operator, of no use without the key-encryption key. */
export type WrappedKey = z.infer<typeof wrappedKeySchema>;

/** Parses a key store entry, which must belong to `id`: an entry copied under another clinic's name is refused. */
export function parseWrappedKey(id: string, content: Uint8Array): WrappedKey {
  try {
    const entry = wrappedKeySchema.parse(JSON.parse(Buffer.from(content).toString("utf8")));
    if (entry.id === id) return entry;
  } catch (cause) {
    throw new CryptoError("Unauthentic", `The key store entry of ${id} is malformed.`, { cause });
  }
  throw new CryptoError("Unauthentic", `The key store entry of ${id} belongs to another key.`);
}

/** Wraps a 32-byte data key: AES-256-GCM, with its id, creation time and wrapping version as associated data. */
export function wrapKey(id: string, createdAt: string, dataKey: Uint8Array, kek: Kek): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", kek.key, nonce);
  cipher.setAAD(context(id, createdAt, kek.version));
  const sealed = Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  const entry: WrappedKey = { format: 1, id, kek: kek.version, createdAt, wrapped: sealed.toString("base64") };
  return Buffer.from(`${JSON.stringify(entry)}\n`);
}

/** The data key itself. The caller zeroes it. */
export function unwrapKey(entry: WrappedKey, kek: KeyObject): Buffer {
  const sealed = Buffer.from(entry.wrapped, "base64");
  const decipher = createDecipheriv("aes-256-gcm", kek, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(context(entry.id, entry.createdAt, entry.kek));
  decipher.setAuthTag(sealed.subarray(44));
  const dataKey = decipher.update(sealed.subarray(12, 44));
  try {
    decipher.final();
    return dataKey;
  } catch {
    dataKey.fill(0);
    throw new CryptoError(
      "Unauthentic",
      `The wrapped key of ${entry.id} was altered, or ${entry.kek} is not the key that wrapped it.`,
    );
  }
}

function context(id: string, createdAt: string, version: string): Buffer {
  return bindContext("chevet.wrapped-key.1", id, createdAt, version);
}
