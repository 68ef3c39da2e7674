import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { precondition } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { countChange } from "./count-change.ts";
import { timeTaken } from "./hold-time.ts";
import { nearestTimes } from "./nearest-times.ts";
import { chooseResources, occupy } from "./take-resources.ts";
import { openVisit, undoUntil } from "./visit.ts";

/**
 * Takes one's own cancellation back, for a few minutes and while the time is still free for all of the visit. Taken back already, it is no fault.
 * @throws NotFound `booking.noVisit`; Precondition `booking.undoOver`; Conflict `booking.timeGone` with the next free times
 */
export async function undoCancel(ctx: VisitorContext): Promise<void> {
  await countChange(ctx);
  const clinicId = ctx.clinic.id;
  await withVisitor(ctx, async (db) => {
    await openVisit(db, ctx);
    await holdSchedule(db, clinicId);
    const visit = await openVisit(db, ctx);
    if (visit.status === "booked") return;
    const until = undoUntil(visit);
    if (!until || until < new Date()) throw precondition("booking.undoOver");
    const { appointmentId: id, sittingId, startsAt: at, serviceId, resourceId: lead, locationId, version } = visit;
    if (visit.kind === "visit") {
      const wish = {
        clinicId,
        sittingId,
        serviceId,
        at,
        lead,
        locationId,
        // The time was theirs, whoever else its hours are kept from.
        newPatient: false,
      };
      const resources = await chooseResources(db, wish);
      if (!resources)
        throw timeTaken(await nearestTimes(db, clinicId, visit, { at, leadId: lead }), "booking.timeGone");
      await db.sitting.updateMany({
        where: { clinicId, id: sittingId },
        data: { status: "booked", version: { increment: 1 } },
      });
      await occupy(db, clinicId, sittingId, resources);
    }
    await db.appointment.updateMany({
      where: { clinicId, id },
      data: { status: "booked", flow: "expected", cancelledAt: null, cancelledBy: null, version: version + 1 },
    });
    await recordAudit(db, ctx, {
      event: "appointment.cancel-undone",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ground: "patient-request",
      detail: { version: version + 1 },
    });
  });
}
