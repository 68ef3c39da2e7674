import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { countChange } from "./count-change.ts";
import { needChangeable, openVisit } from "./visit.ts";

/**
 * Cancels, within the clinic's notice; the time is free at once. Cancelled already by the person, it is no fault.
 * @throws NotFound `booking.noVisit`; Precondition `booking.tooLate`, `booking.over`; Conflict `booking.changed`
 */
export async function cancelVisit(ctx: VisitorContext, { version }: { version: number }): Promise<void> {
  await countChange(ctx);
  const clinicId = ctx.clinic.id;
  await withVisitor(ctx, async (db) => {
    await openVisit(db, ctx);
    await holdSchedule(db, clinicId);
    const visit = await openVisit(db, ctx);
    if (visit.status === "cancelled" && visit.cancelledBy === "patient") return;
    needChangeable(visit, version);
    const { appointmentId, sittingId } = visit;
    await db.appointment.updateMany({
      where: { clinicId, id: appointmentId },
      data: {
        status: "cancelled",
        flow: "none",
        cancelledAt: new Date(),
        cancelledBy: "patient",
        version: version + 1,
      },
    });
    // The others of a group keep their sitting.
    if (visit.kind === "visit")
      await db.sitting.updateMany({
        where: { clinicId, id: sittingId },
        data: { status: "cancelled", version: { increment: 1 } },
      });
    await recordAudit(db, ctx, {
      event: "appointment.cancelled",
      action: "U",
      entity: "Appointment",
      entityIds: [appointmentId],
      ground: "patient-request",
      detail: { version: version + 1, by: "patient" },
    });
  });
}
