import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { checkPlacement, placeOf } from "./check-placement.ts";
import type { InviteInput } from "./schema.ts";

/** Seven days: a part-time colleague is there once in them. */
export const invitationMs = 7 * 86_400_000;

/**
 * Invites somebody by mail; the link in it is made as it is sent, opens one place, once, for seven days.
 * @throws Conflict `memberExists`, `memberInactive` (details.memberId: bring them back instead), `alreadyInvited`; Invalid; LimitReached
 */
export async function inviteMember(ctx: ClinicContext, input: InviteInput): Promise<{ id: string }> {
  requirePermission(ctx, "member:invite");
  await consumeLimit("invitation-clinic", ctx.clinic.id);
  const clinicId = ctx.clinic.id;
  const { email, displayName, locale } = input;
  const { locationIds, ...place } = placeOf(input);
  const id = newId();
  await withStaff(ctx, async (db) => {
    await checkPlacement(db, ctx, { ...place, locationIds });
    const member = await db.membership.findFirst({ where: { clinicId, email }, select: { id: true, status: true } });
    if (member) throw conflict(member.status === "active" ? "memberExists" : "memberInactive", { memberId: member.id });
    const open = await db.invitation.findFirst({
      where: { clinicId, email, acceptedAt: null, revokedAt: null },
      select: { id: true },
    });
    if (open) throw conflict("alreadyInvited", { invitationId: open.id });
    await db.invitation.createMany({
      data: {
        clinicId,
        id,
        email,
        displayName,
        locale,
        ...place,
        ...(locationIds ? { locationIds: [...locationIds] } : {}),
        invitedBy: ctx.user.id,
        expiresAt: new Date(Date.now() + invitationMs),
      },
    });
    await recordAudit(db, ctx, {
      event: "invitation.sent",
      action: "C",
      entity: "Invitation",
      entityIds: [id],
      detail: { role: place.role },
    });
    await postMail(db, { kind: "invitation", subject: { invitationId: id }, locale, clinicId });
  });
  return { id };
}
