import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import type { AddAttemptInput } from "./schema.ts";

/** Writes down one try to reach the patient. It is never changed; sent twice with one id, it is one. @throws NotFound; Precondition `recall.closed` */
export async function addAttempt(ctx: ClinicContext, input: AddAttemptInput): Promise<{ id: string }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, recallId, kind, note } = input;
  return withStaff(ctx, async (db) => {
    if (await db.recallAttempt.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const recall = await db.recall.findFirst({
      where: { clinicId, id: recallId },
      select: { patientId: true, status: true },
    });
    if (!recall) throw notFound();
    if (recall.status !== "open") throw precondition("recall.closed");
    const { patientId } = recall;
    await db.recallAttempt.createMany({
      data: { clinicId, id, recallId, patientId, authorId: ctx.user.id, kind, note },
    });
    await recordAudit(db, ctx, {
      event: "recall.tried",
      action: "C",
      entity: "Recall",
      entityIds: [recallId, id],
      patientId,
      ground: "care",
      detail: { kind },
    });
    return { id };
  });
}
