import { bindContext } from "./bind-context.ts";
import type { ClinicKey } from "./clinic-key.ts";
import { CryptoError } from "./crypto-error.ts";

/** Where a sealed value lives. It opens there and nowhere else. */
export interface Place {
  /** The clinic's id, or `platform` for identity's own secrets. */
  clinic: string;
  /** Schema and table: `clinic.patient`. */
  table: string;
  column: string;
  /** The row's id. */
  row: string;
}

/** version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16) */
export const SEALED_VERSION = 1;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const OVERHEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** The associated data of a place. @throws CryptoError Unauthentic when the key is another clinic's */
export function bindPlace(key: ClinicKey, { clinic, table, column, row }: Place): Buffer {
  if (clinic !== key.id) throw new CryptoError("Unauthentic", "The key is another clinic's.");
  return bindContext("chevet.value.1", clinic, table, column, row);
}
