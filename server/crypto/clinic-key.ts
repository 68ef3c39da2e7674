import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { bindContext } from "./bind-context.ts";

/** The id under which the installation's own key is kept: identity secrets (TOTP…) belong to no clinic. */
export const PLATFORM_KEY_ID = "platform";

/**
 * An opened data key. It holds only keys derived from it, one per use, inside OpenSSL's memory: nothing here can be
 * printed, serialised or compared by accident, and OpenSSL wipes them when the last user lets go.
 */
export interface ClinicKey {
  /** The clinic's id, or `platform`. */
  readonly id: string;
  /** Seals single values. */
  readonly values: KeyObject;
  /** Parent of the keyed hashes for equality search. */
  readonly indexes: KeyObject;
  /** Parent of the per-file keys. */
  readonly files: KeyObject;
}

/** Derives the working keys (HKDF-SHA-256, RFC 5869) and **zeroes `dataKey`**: its bytes have no further use in this process. */
export function deriveClinicKey(id: string, dataKey: Buffer): ClinicKey {
  try {
    return Object.freeze({
      id,
      values: deriveKey(dataKey, "chevet.values.1", id),
      indexes: deriveKey(dataKey, "chevet.indexes.1", id),
      files: deriveKey(dataKey, "chevet.files.1", id),
    });
  } finally {
    dataKey.fill(0);
  }
}

/** One 32-byte child key, separated from its siblings by `context`; `salt` makes it unique where the context repeats. */
export function deriveChildKey(parent: KeyObject, salt: Uint8Array, ...context: string[]): KeyObject {
  return toSecretKey(hkdfSync("sha256", parent, salt, bindContext(...context), 32));
}

function deriveKey(dataKey: Buffer, ...context: string[]): KeyObject {
  return toSecretKey(hkdfSync("sha256", dataKey, Buffer.alloc(0), bindContext(...context), 32));
}

function toSecretKey(derived: ArrayBuffer): KeyObject {
  const bytes = Buffer.from(derived);
  try {
    return createSecretKey(bytes);
  } finally {
    bytes.fill(0);
  }
}
