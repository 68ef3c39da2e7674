import { createDecipheriv } from "node:crypto";
import type { ClinicKey } from "./clinic-key.ts";
import { CryptoError } from "./crypto-error.ts";
import { bindPlace, NONCE_BYTES, OVERHEAD_BYTES, type Place, SEALED_VERSION, TAG_BYTES } from "./sealed-value.ts";

/**
 * Decrypts what `sealValue` made for this very place.
 * @throws CryptoError Unauthentic for anything else: altered, cut, moved to another row, column, table or clinic
 */
export function openValue(key: ClinicKey, place: Place, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < OVERHEAD_BYTES || bytes[0] !== SEALED_VERSION) throw refused(place);
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key.values, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bindPlace(key, place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const plaintext = decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    throw refused(place);
  }
}

/** The same for a value sealed from text. */
export function openText(key: ClinicKey, place: Place, sealed: Uint8Array): string {
  return openValue(key, place, sealed).toString("utf8");
}

function refused({ table, column, row }: Place): CryptoError {
  return new CryptoError("Unauthentic", `${table}.${column} of ${row} does not open: altered, moved, or another key.`);
}
