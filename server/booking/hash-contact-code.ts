import { blindIndex } from "#server/crypto/blind-index.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";

/** What is kept of six digits: a hash under the clinic's key, bound to the row that asked. Opens a key: call it before a transaction. */
export async function hashContactCode(
  clinicId: string,
  checkId: string,
  code: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return blindIndex(await openClinicKey(clinicId), "contact_check.code", `${checkId}:${code}`);
}
