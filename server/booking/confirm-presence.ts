import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { conflict, precondition } from "#server/errors.ts";
import { needToken } from "./need-token.ts";
import { openVisit } from "./visit.ts";

/** « Je serai là. » Said twice, it is said. @throws NotFound `booking.noVisit`; Precondition `booking.over`; Conflict `booking.changed` */
export async function confirmPresence(ctx: VisitorContext, { version }: { version: number }): Promise<void> {
  needToken(ctx);
  await withVisitor(ctx, async (db) => {
    const visit = await openVisit(db, ctx);
    if (visit.status !== "booked" || visit.startsAt <= new Date()) throw precondition("booking.over");
    if (visit.confirmedAt) return;
    const id = visit.appointmentId;
    const { count } = await db.appointment.updateMany({
      where: { clinicId: ctx.clinic.id, id, version },
      data: { confirmedAt: new Date(), version: version + 1 },
    });
    if (count === 0) throw conflict("booking.changed");
    await recordAudit(db, ctx, {
      event: "appointment.confirmed",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ground: "patient-request",
      detail: { version: version + 1 },
    });
  });
}
