import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";

interface Providers {
  readonly familyDoctorId?: string | null | undefined;
  readonly pharmacyId?: string | null | undefined;
}

/** A family doctor is a practitioner of the directory and a pharmacy a pharmacy. @throws Invalid beside the field */
export async function checkProviders(db: Db, clinicId: string, given: Providers, prefix = ""): Promise<void> {
  const ids = [given.familyDoctorId, given.pharmacyId].filter((id) => typeof id === "string");
  if (ids.length === 0) return;
  const known = await db.correspondent.findMany({
    where: { clinicId, id: { in: ids } },
    select: { id: true, kind: true },
  });
  const isOf = (id: string, kind: string) => known.some((one) => one.id === id && one.kind === kind);
  if (given.familyDoctorId && !isOf(given.familyDoctorId, "practitioner"))
    throw invalid("invalid", { [`${prefix}familyDoctorId`]: "patient.providerUnknown" });
  if (given.pharmacyId && !isOf(given.pharmacyId, "pharmacy"))
    throw invalid("invalid", { [`${prefix}pharmacyId`]: "patient.providerUnknown" });
}
