import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import type { AddMedicationInput } from "./schema.ts";

/** Something that the patient takes, prescribed here or elsewhere. Sent twice with one id, once. @throws Invalid for a date to come; NotFound */
export async function addMedication(ctx: ClinicContext, input: AddMedicationInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, ...card } = input;
  return withStaff(ctx, async (db) => {
    if (await db.medication.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    checkDates(await openRecord(db, ctx, patientId), { started: card.started });
    await db.medication.createMany({ data: { clinicId, id, patientId, authorId: ctx.user.id, ...card } });
    await recordAudit(db, ctx, {
      event: "medication.added",
      action: "C",
      entity: "Medication",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
