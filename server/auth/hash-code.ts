import { createHash } from "node:crypto";

/**
 * What is kept of a six-digit code: its SHA-256 together with the id of its own row, so that the same six digits sent to
 * two people are two hashes. Six digits are few: what protects them is that a row allows five tries and lives minutes.
 */
export function hashCode(secretId: string, code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(`code:${secretId}:${code}`).digest());
}
