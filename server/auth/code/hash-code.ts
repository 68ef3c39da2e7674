import { blindIndex } from "#server/crypto/blind-index.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";

/**
 * What is kept of a six-digit code: a hash keyed by the platform and bound to the code's own row. Six digits are few: who
 * reads the table without the key could try them all, and the same six digits sent to two people must be two hashes.
 * Opens a key: call it before a transaction.
 */
export async function hashCode(secretId: string, code: string): Promise<Uint8Array<ArrayBuffer>> {
  return blindIndex(await openPlatformKey(), "identity.one_time_secret", `${secretId}:${code}`);
}
