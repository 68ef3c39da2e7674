import { renderVisitIcs } from "#server/calendar/render-visit-ics.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { env, needEnv } from "#server/env.ts";
import { needToken } from "./need-token.ts";
import { openVisit } from "./visit.ts";

/**
 * The visit for the person's own calendar: neither why nor with whom (AC-63), and no link that opens it, since calendars are shared and
 * mostly kept abroad. @throws NotFound `booking.noVisit`
 */
export async function visitCalendar(ctx: VisitorContext): Promise<{ text: string }> {
  needToken(ctx);
  const clinicId = ctx.clinic.id;
  const domain = new URL(needEnv("CHEVET_ORIGIN")).hostname;
  return withVisitor(ctx, async (db) => {
    const visit = await openVisit(db, ctx);
    const clinic = await db.clinic.findFirst({ where: { clinicId }, select: { name: true } });
    const place = await db.location.findFirst({
      where: { clinicId, id: visit.locationId },
      select: { addressLine: true, city: true, postalCode: true },
    });
    const { addressLine = "", city = "", postalCode = "" } = place ?? {};
    const { appointmentId: id, startsAt, endsAt, changedAt, status, mode } = visit;
    const { text } = renderVisitIcs({
      id,
      startsAt,
      endsAt,
      changedAt,
      cancelled: status === "cancelled",
      clinicName: clinic?.name ?? "",
      location: mode === "in-person" ? [addressLine, city, postalCode].filter(Boolean).join(", ") : "",
      locale: ctx.locale,
      domain,
      email: env().MAIL_FROM ?? `ne-pas-repondre@${domain}`,
    });
    return { text };
  });
}
