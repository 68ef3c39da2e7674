import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { planMessages } from "./plan-visits.ts";
import type { MessageChannel, MessageKind, ResendInput } from "./schema.ts";

/**
 * Sends a message again by hand: what is never done by itself, a person may decide. It says what holds now, passes over a bounce, and never
 * goes to who wanted no more. Sent twice with one id, it is one message.
 * @throws NotFound; Precondition `reminder.visitOver`, `reminder.notOver` (it is still on its way, or it arrived)
 */
export async function resendMessage(ctx: ClinicContext, { id, messageId }: ResendInput): Promise<{ id: string }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.visitMessage.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const before = await db.visitMessage.findFirst({
      where: { clinicId, id: messageId, appointmentRef: { sittingRef: { clinicId } } },
      select: {
        kind: true,
        channel: true,
        status: true,
        beforeMinutes: true,
        appointmentId: true,
        appointmentRef: { select: { sittingRef: { select: { startsAt: true, locationId: true } } } },
      },
    });
    const sitting = before?.appointmentRef?.sittingRef;
    if (!before || !sitting) throw notFound();
    if (!["failed", "bounced", "unknown", "skipped"].includes(before.status)) throw precondition("reminder.notOver");
    if (!sitting.startsAt || sitting.startsAt <= new Date()) throw precondition("reminder.visitOver");
    const { appointmentId, kind, channel, beforeMinutes } = before;
    await planMessages(db, clinicId, [
      {
        id,
        appointmentId,
        kind: kind as MessageKind,
        channel: channel as MessageChannel,
        startsAt: sitting.startsAt,
        locationId: sitting.locationId,
        beforeMinutes,
        evenConfirmed: true,
        madeBy: "hand",
        dueAt: null,
        delaySeconds: 0,
      },
    ]);
    await recordAudit(db, ctx, {
      event: "message.sent-again",
      action: "E",
      entity: "Appointment",
      entityIds: [appointmentId],
      detail: { kind, messageId },
    });
    return { id };
  });
}
