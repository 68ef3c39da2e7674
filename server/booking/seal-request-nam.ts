import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { invalid } from "#server/errors.ts";
import { parseNam } from "#server/patient/nam.ts";
import { hashNam } from "#server/patient/seal-nam.ts";
import { requestNamPlace } from "#server/request-person/request-nam-place.ts";

/** The columns of clinic.request_person that hold a NAM; all null when none was given. */
interface RequestNam {
  readonly sealed: Buffer | null;
  readonly hash: Buffer | null;
  readonly last2: string | null;
}

/**
 * Seals the number that somebody typed. Its hash is the one that charts use, so that staff are offered a likely match.
 * @param today in the clinic. @throws Invalid beside `nam` on its format or its date; nothing else stops anybody (AC-51)
 */
export async function sealRequestNam(
  clinicId: string,
  personId: string,
  text: string,
  today: string,
): Promise<RequestNam> {
  if (text === "") return { sealed: null, hash: null, last2: null };
  const nam = parseNam(text, today);
  if (nam === "format") throw invalid("invalid", { nam: "patient.namFormat" });
  if (nam === "date") throw invalid("invalid", { nam: "patient.namDate" });
  const key = await openClinicKey(clinicId);
  return {
    sealed: Buffer.from(sealValue(key, requestNamPlace(clinicId, personId), nam.value)),
    hash: Buffer.from(hashNam(key, nam.value)),
    last2: nam.value.slice(-2),
  };
}
