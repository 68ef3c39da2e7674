import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { toDay } from "#server/patient/check-dates.ts";
import { groundOf } from "#server/patient/ground.ts";
import { displayName } from "#server/patient/record.ts";

/** Whose chart it is, as a search says it. */
export interface NamedPerson {
  readonly displayName: string;
  readonly birthDate: string | null;
  readonly fileNumber: string;
}

/**
 * Whose chart somebody is about to give a reason for: what the search would show this very person, under the same policies and journaled
 * alike. Null for whoever may not search, and for a patient that a restriction keeps from them.
 */
export async function nameClosed(ctx: ClinicContext, patientId: string): Promise<NamedPerson | null> {
  if (!ctx.membership.permissions.has("patient:search")) return null;
  return withStaff(ctx, async (db) => {
    const patient = await db.patient.findFirst({
      where: { clinicId: ctx.clinic.id, id: patientId },
      select: { familyName: true, givenName: true, birthDate: true, fileNumber: true },
    });
    if (!patient) return null;
    await recordAudit(db, ctx, {
      event: "patient.searched",
      action: "R",
      entity: "Patient",
      entityIds: [patientId],
      ground: groundOf(ctx),
      detail: { by: ["chart"] },
    });
    const { fileNumber, birthDate } = patient;
    return { displayName: displayName(patient), birthDate: toDay(birthDate), fileNumber };
  });
}
