import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, notFound } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { invitationMs } from "./invite-member.ts";

/**
 * Sends an invitation again: another link, seven more days. The first link stops working.
 * @throws Conflict `stale` when it was accepted, revoked or renewed meanwhile; NotFound; LimitReached
 */
export async function renewInvitation(ctx: ClinicContext, input: { id: string; version: number }): Promise<void> {
  requirePermission(ctx, "member:invite");
  await consumeLimit("invitation-clinic", ctx.clinic.id);
  const clinicId = ctx.clinic.id;
  const { id, version } = input;
  await withStaff(ctx, async (db) => {
    const { count } = await db.invitation.updateMany({
      where: { clinicId, id, version, acceptedAt: null, revokedAt: null },
      data: { expiresAt: new Date(Date.now() + invitationMs), tokenHash: null, version: { increment: 1 } },
    });
    const invitation = await db.invitation.findFirst({ where: { clinicId, id }, select: { locale: true } });
    if (!invitation) throw notFound();
    if (count === 0) throw conflict("stale");
    await recordAudit(db, ctx, { event: "invitation.renewed", action: "U", entity: "Invitation", entityIds: [id] });
    const locale = invitation.locale === "en" ? "en" : "fr";
    await postMail(db, { kind: "invitation", subject: { invitationId: id }, locale, clinicId });
  });
}
