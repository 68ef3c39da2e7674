import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import type { AddSoonerInput } from "./schema.ts";

/**
 * « Tell them if sooner », as staff ask it for a visit to come: it would be brought forward, and stays until then. A visit waits once.
 * @throws NotFound; Precondition `waitlist.notUpcoming`, `waitlist.notGroup`
 */
export async function addSooner(ctx: ClinicContext, input: AddSoonerInput): Promise<{ id: string; waited: boolean }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, appointmentId } = input;
  return withStaff(ctx, async (db) => {
    const visit = await db.appointment.findFirst({
      where: { clinicId, id: appointmentId, sittingRef: { clinicId } },
      select: {
        patientId: true,
        status: true,
        sittingRef: { select: { kind: true, serviceId: true, locationId: true, localDate: true, startsAt: true } },
      },
    });
    if (!visit) throw notFound();
    const { kind, serviceId, locationId, localDate, startsAt } = visit.sittingRef;
    if (kind !== "visit" || !serviceId) throw precondition("waitlist.notGroup");
    if (visit.status !== "booked" || !startsAt || startsAt <= new Date()) throw precondition("waitlist.notUpcoming");
    // Nobody else may begin the same wait meanwhile: a unique key says so, and this one is looked at first.
    const waits = await db.waitlistEntry.findFirst({
      where: { clinicId, appointmentId, status: "waiting" },
      select: { id: true },
    });
    if (waits) return { id: waits.id, waited: true };
    const { patientId } = visit;
    await db.waitlistEntry.createMany({
      data: {
        clinicId,
        id,
        patientId,
        authorId: ctx.user.id,
        serviceId,
        locationId,
        untilDate: localDate,
        appointmentId,
        source: "staff",
      },
    });
    await recordAudit(db, ctx, {
      event: "waitlist.added",
      action: "C",
      entity: "WaitlistEntry",
      entityIds: [id, appointmentId],
      ...(patientId && { patientId }),
      ground: "care",
    });
    return { id, waited: false };
  });
}
