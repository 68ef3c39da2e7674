import { randomBytes } from "node:crypto";
import { permissionsOf, type Role } from "#server/access/permissions.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { hashToken } from "#server/auth/read-session.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, precondition } from "#server/errors.ts";
import { requireIntegration } from "#server/integration/require-integration.ts";
import { feedOwner } from "./feed-owner.ts";
import { type MakeFeedInput, mostFeeds } from "./schema.ts";

/**
 * Makes the secret address of a practitioner's agenda. It is said once: only its hash is kept. Anything but « busy » leaves for whoever
 * keeps the subscriber's calendar, so it asks for the clinic's record of it (AC-05) and for somebody who may read visits. Who has an account
 * makes it themselves: read as them, it would show whoever made it the patients who asked not to be shown to that person.
 * @returns the path below the host's own address
 * @throws Conflict `calendar.made` when the same id comes twice (the address was said already); Precondition `integration.off`,
 * `calendar.tooMany`, `calendar.gone`, `calendar.ownOnly`; Forbidden; NotFound
 */
export async function makeFeed(ctx: ClinicContext, input: MakeFeedInput): Promise<{ id: string; path: string }> {
  requirePermission(ctx, "schedule:read");
  const clinicId = ctx.clinic.id;
  const { id, practitionerId, level, label } = input;
  const token = randomBytes(32).toString("base64url");
  return withStaff(ctx, async (db) => {
    const { userId, active } = await feedOwner(db, ctx, practitionerId);
    if (!active) throw precondition("calendar.gone");
    if (await db.calendarFeed.findFirst({ where: { clinicId, id }, select: { id: true } }))
      throw conflict("calendar.made");
    if (level !== "busy") {
      if (userId !== ctx.user.id) throw precondition("calendar.ownOnly");
      await requireIntegration(db, clinicId, "calendar");
      const member = await db.membership.findFirst({
        where: { clinicId, userId },
        select: { role: true, privacyOfficer: true, profession: true },
      });
      if (
        !member ||
        !permissionsOf(member.role as Role, member.privacyOfficer, member.profession).has("appointment:read")
      )
        throw forbidden();
    }
    const live = await db.calendarFeed.count({ where: { clinicId, practitionerId, revokedAt: null } });
    if (live >= mostFeeds) throw precondition("calendar.tooMany", { most: mostFeeds });
    await db.calendarFeed.createMany({
      data: {
        clinicId,
        id,
        practitionerId,
        userId,
        tokenHash: new Uint8Array(hashToken(token)),
        level,
        label,
        locale: ctx.locale,
      },
    });
    await recordAudit(db, ctx, {
      event: "calendar.made",
      action: "C",
      entity: "CalendarFeed",
      entityIds: [id, practitionerId],
      detail: { level },
    });
    return { id, path: `/api/c/${ctx.clinic.slug}/agenda/${token}.ics` };
  });
}
