import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { prescriptionSelect } from "./record.ts";
import type { CancelPrescriptionInput } from "./schema.ts";
import { withdrawPaper } from "./withdraw-paper.ts";

/** It no longer holds, and why; it stays readable, with its number. The patient's list is left to whoever cancels. @throws Conflict `stale`; NotFound */
export async function cancelPrescription(
  ctx: ClinicContext,
  { id, version, reason }: CancelPrescriptionInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:prescribe");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await db.prescription.findFirst({
      where: { clinicId, id },
      select: { ...prescriptionSelect, patientId: true },
    });
    if (!current) throw notFound();
    const { count } = await db.prescription.updateMany({
      where: { clinicId, id, version, status: "signed" },
      data: {
        status: "cancelled",
        cancelReason: reason,
        cancelledBy: ctx.user.id,
        cancelledAt: new Date(),
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    await withdrawPaper(db, ctx, { id, patientId: current.patientId, reason });
    await recordAudit(db, ctx, {
      event: "prescription.cancelled",
      action: "U",
      entity: "Prescription",
      entityIds: [id],
      patientId: current.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
