import type { PrescriptionLine } from "#server/medication/record.ts";

/** « 2026-000123 »; '' until it is signed. */
export const prescriptionNumber = ({ number, signedAt }: Pick<PrescriptionLine, "number" | "signedAt">): string =>
  number === null ? "" : `${signedAt?.slice(0, 4)}-${String(number).padStart(6, "0")}`;
