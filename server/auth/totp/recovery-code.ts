import { randomInt } from "node:crypto";
import { blindIndex } from "#server/crypto/blind-index.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";

/** Crockford's base 32: no I, L, O or U to be read for something else. Sixteen of them are 80 bits. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 16;

/** A code to keep on paper: `7K2M-Q9XD-4TRW-0HVE`. */
function newRecoveryCode(): string {
  const code = Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/** Ten of them: enough for years of lost phones, few enough for one sheet. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, newRecoveryCode);
}

/** What is kept of a code: a keyed hash, bound to its owner. However it is typed, it is the same code. */
export function hashRecoveryCode(key: ClinicKey, userId: string, typed: string): string {
  const code = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return Buffer.from(blindIndex(key, "identity.recovery_code", `${userId}:${code}`)).toString("base64url");
}
