import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import type { SayReasonInput } from "./schema.ts";

const hours = 12;

/**
 * Says why one opens the chart of somebody whom one neither sees today nor follows; it then opens for twelve hours. The words stay
 * beside the journal, which holds the closed reason alone.
 * @throws NotFound; Precondition for a record opened by mistake
 */
export async function sayReason(
  ctx: ClinicContext,
  { id, patientId, reason, note }: SayReasonInput,
  now = new Date(),
): Promise<{ id: string }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.chartOpening.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await requireLivePatient(db, ctx, patientId);
    const expiresAt = new Date(now.getTime() + hours * 3_600_000);
    await db.chartOpening.createMany({
      data: { clinicId, id, patientId, authorId: ctx.user.id, reason, note, createdAt: now, expiresAt },
    });
    await recordAudit(db, ctx, {
      event: "chart.reason-said",
      action: "C",
      entity: "ChartOpening",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { reason },
    });
    return { id };
  });
}
