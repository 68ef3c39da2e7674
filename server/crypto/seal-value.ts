import { createCipheriv, randomBytes } from "node:crypto";
import type { ClinicKey } from "./clinic-key.ts";
import { bindPlace, NONCE_BYTES, type Place, SEALED_VERSION } from "./sealed-value.ts";

/**
 * Encrypts one value for one place, as the bytes of a `bytea` column: AES-256-GCM with a random nonce (SP 800-38D
 * section 8.2.2: good for 2^32 values per clinic), bound to clinic, table, column and row.
 * The length shows through (29 bytes more than the UTF-8 text): do not seal what its length alone gives away.
 */
export function sealValue(key: ClinicKey, place: Place, plaintext: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.values, nonce);
  cipher.setAAD(bindPlace(key, place));
  const bytes = typeof plaintext === "string" ? Buffer.from(plaintext, "utf8") : plaintext;
  const parts = [Buffer.of(SEALED_VERSION), nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(parts));
}
