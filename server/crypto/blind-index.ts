import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { type ClinicKey, deriveChildKey } from "./clinic-key.ts";

// One derived key per clinic key and purpose; gone with the clinic key it hangs on.
const derived = new WeakMap<ClinicKey, Map<string, KeyObject>>();

/**
 * A keyed hash for equality search over sealed values: HMAC-SHA-256 under a key of this clinic and this purpose. The
 * same NAM gives unrelated hashes in two clinics, or for two purposes, and none can be guessed from a list of NAM.
 * @param purpose a constant of the code, `patient.nam`
 * @param normalised the value in its one canonical spelling (upper case, no spaces…)
 * @returns 32 bytes, for a `bytea` column
 */
export function blindIndex(key: ClinicKey, purpose: string, normalised: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", purposeKey(key, purpose)).update(normalised, "utf8").digest());
}

function purposeKey(key: ClinicKey, purpose: string): KeyObject {
  const known = derived.get(key) ?? new Map<string, KeyObject>();
  derived.set(key, known);
  const found = known.get(purpose) ?? deriveChildKey(key.indexes, Buffer.alloc(0), "chevet.index.1", key.id, purpose);
  known.set(purpose, found);
  return found;
}

/** Compares two digests in constant time. Different lengths are simply different. */
export function sameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
