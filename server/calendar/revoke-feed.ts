import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { feedOwner } from "./feed-owner.ts";

/** Shuts an address at once; said twice, it is shut. Programs that copied the agenda keep what they copied. @throws NotFound, Forbidden */
export async function revokeFeed(ctx: ClinicContext, { id }: { id: string }): Promise<{ id: string }> {
  requirePermission(ctx, "schedule:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const feed = await db.calendarFeed.findFirst({ where: { clinicId, id }, select: { practitionerId: true } });
    if (!feed) throw notFound();
    await feedOwner(db, ctx, feed.practitionerId);
    const { count } = await db.calendarFeed.updateMany({
      where: { clinicId, id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0)
      await recordAudit(db, ctx, {
        event: "calendar.revoked",
        action: "U",
        entity: "CalendarFeed",
        entityIds: [id, feed.practitionerId],
      });
    return { id };
  });
}
