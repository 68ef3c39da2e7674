import { randomBytes } from "node:crypto";
import { hashToken } from "#server/auth/read-session.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";

/**
 * Makes the link as it is sent, and keeps its hash only; a mail tried again or sent anew carries another link, and the one
 * before stops working. The token travels behind a `#`, which browsers keep to themselves.
 */
export const composeInvitation: MailComposer<"invitation"> = (ctx, { subject }) => {
  const clinicId = ctx.clinicId ?? "";
  const { invitationId: id = "" } = subject;
  const token = randomBytes(32).toString("base64url");
  return withStaff(ctx, async (db) => {
    const open = { clinicId, id, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } };
    const { count } = await db.invitation.updateMany({
      where: open,
      data: { tokenHash: new Uint8Array(hashToken(token)) },
    });
    if (count === 0) return null;
    const invitation = await db.invitation.findFirst({ where: { clinicId, id } });
    const clinic = await db.clinic.findFirst({ where: { clinicId }, select: { name: true } });
    if (!invitation || !clinic) return null;
    const minutes = Math.max(1, Math.round((invitation.expiresAt.getTime() - Date.now()) / 60_000));
    return { to: invitation.email, values: { clinicName: clinic.name, path: `/invitation#${token}`, minutes } };
  });
};
