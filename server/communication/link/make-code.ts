import { createHash, randomBytes, randomInt } from "node:crypto";
import { blindIndex } from "#server/crypto/blind-index.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";

/** What is kept of the six digits of a link: a hash under the clinic's key, bound to the sending. */
export const hashLinkCode = (key: ClinicKey, communicationId: string, code: string): Uint8Array<ArrayBuffer> =>
  blindIndex(key, "transmission.code", `${communicationId}:${code}`);

/** Six digits, good for five tries in all (../schema.ts). */
export function makeCode(key: ClinicKey, communicationId: string): { code: string; hash: Uint8Array<ArrayBuffer> } {
  const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
  return { code, hash: hashLinkCode(key, communicationId, code) };
}

/** 32 random bytes for an address or a browser, and what is kept of them. */
export function makeToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashOf(token) };
}

export const hashOf = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());
