import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { openRecord } from "#server/record-entry/open-record.ts";
import type { ReviewMedicationsInput } from "./schema.ts";

/** That the list was gone through with the patient today (M-9, r. 20.3.1, s. 5). Sent twice with one id, once. @throws NotFound */
export async function reviewMedications(
  ctx: ClinicContext,
  { id, patientId }: ReviewMedicationsInput,
): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.medicationReview.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await openRecord(db, ctx, patientId);
    await db.medicationReview.createMany({ data: { clinicId, id, patientId, authorId: ctx.user.id } });
    await recordAudit(db, ctx, {
      event: "medication.reviewed",
      action: "C",
      entity: "MedicationReview",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
