import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { checkRecall } from "./check-recall.ts";
import type { AddRecallInput } from "./schema.ts";

/** « See again in six months ». Sent twice with one id, once. @throws NotFound; Precondition for a record opened by mistake */
export async function addRecall(ctx: ClinicContext, input: AddRecallInput): Promise<{ id: string }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, dueOn, ...card } = input;
  return withStaff(ctx, async (db) => {
    if (await db.recall.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await requireLivePatient(db, ctx, patientId);
    await checkRecall(db, clinicId, card);
    await db.recall.createMany({
      data: { clinicId, id, patientId, authorId: ctx.user.id, dueOn: new Date(dueOn), ...card },
    });
    await recordAudit(db, ctx, {
      event: "recall.added",
      action: "C",
      entity: "Recall",
      entityIds: [id],
      patientId,
      ground: "care",
    });
    return { id };
  });
}
