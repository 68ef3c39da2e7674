import { blindIndex } from "#server/crypto/blind-index.ts";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { invalid, precondition } from "#server/errors.ts";
import { type Nam, type NamHolder, namWarnings, parseNam } from "./nam.ts";
import type { NamInput, NamStatus } from "./schema.ts";

/** The columns of clinic.patient that hold a NAM. */
export interface NamColumns {
  readonly namSealed: Uint8Array<ArrayBuffer> | null;
  readonly namHash: Uint8Array<ArrayBuffer> | null;
  readonly namLast2: string | null;
  readonly namExpiry: Date | null;
  readonly namStatus: NamStatus;
  readonly namOverrideReason: string;
}

/** Where a NAM is sealed: bound to the clinic's key and to this row. */
export const namPlace = (clinic: string, patientId: string) => ({
  clinic,
  table: "clinic.patient",
  column: "nam_sealed",
  row: patientId,
});

/** What equality search compares. `value` is canonical. */
export const hashNam = (key: ClinicKey, value: string) => blindIndex(key, "patient.nam", value);

/**
 * Checks a NAM against the person and seals it.
 * @param field path of the NAM in the input, for the sentence beside it
 * @throws Invalid on its format or its date; Precondition `patient.namDisagrees` when it does not agree and no reason is given (AC-51)
 */
export function sealNam(
  key: ClinicKey,
  patientId: string,
  input: NamInput,
  holder: NamHolder,
  today: string,
  field = "nam",
): NamColumns {
  const nam = readNam(input, today, field);
  const expiry = input.expiry ? lastDayOf(input.expiry) : null;
  const none = { namSealed: null, namHash: null, namLast2: null, namExpiry: null, namOverrideReason: "" };
  if (!nam) return { ...none, namStatus: input.status };
  const reason = agreeOrReason(nam, input, holder, field);
  return {
    namSealed: sealValue(key, namPlace(key.id, patientId), nam.value),
    namHash: hashNam(key, nam.value),
    namLast2: nam.value.slice(-2),
    namExpiry: expiry ? new Date(`${expiry}T00:00:00Z`) : null,
    namStatus: input.status === "valid" && expiry && expiry < today ? "expired" : input.status,
    namOverrideReason: reason,
  };
}

function readNam(input: NamInput, today: string, field: string): Nam | null {
  const carriesOne = input.status === "valid" || input.status === "expired";
  const text = input.value?.trim() ?? "";
  if (text === "") {
    if (carriesOne) throw invalid("invalid", { [`${field}.value`]: "patient.namRequired" });
    return null;
  }
  if (!carriesOne && input.status !== "newborn-on-parent")
    throw invalid("invalid", { [`${field}.status`]: "patient.namStatus" });
  const nam = parseNam(text, today);
  if (typeof nam !== "string") return nam;
  throw invalid("invalid", { [`${field}.value`]: nam === "format" ? "patient.namFormat" : "patient.namDate" });
}

/** @returns the reason to keep: '' when nothing disagrees. */
function agreeOrReason(nam: Nam, input: NamInput, holder: NamHolder, field: string): string {
  const warnings = namWarnings(nam, holder, input.status === "newborn-on-parent");
  if (warnings.length === 0) return "";
  if (input.overrideReason.length >= 3) return input.overrideReason;
  throw precondition("patient.namDisagrees", { warnings, field: `${field}.overrideReason` });
}

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
