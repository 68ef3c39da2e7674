import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { CryptoError } from "#server/crypto/crypto-error.ts";

/**
 * The key comes before the transaction that writes the clinic: a key without a clinic is a small file, a clinic without a
 * key could not keep a NAM. When the process dies in between, the repeated submit carries the same clinic id and finds its key made.
 */
export async function ensureClinicKey(clinicId: string): Promise<void> {
  try {
    await createClinicKey(clinicId);
  } catch (error) {
    if (error instanceof CryptoError && error.code === "KeyExists") return;
    throw error;
  }
}
