import { randomBytes } from "node:crypto";
import { withAuth } from "#server/db/with-auth.ts";
import type { MailComposer } from "#server/mail/compose-mail.ts";
import { resetMinutes } from "../password/ask-reset.ts";
import { hashResetToken } from "../password/reset-password.ts";

/**
 * Mints the link as it is sent. No account, no mail: the request was answered alike. The token travels behind a `#`, which
 * browsers keep to themselves: it reaches no server's log and no Referer.
 */
export const composePasswordReset: MailComposer<"password-reset"> = async (ctx, { subject }) => {
  const { secretId = "" } = subject;
  const token = randomBytes(32).toString("base64url");
  const live = { id: secretId, purpose: "password_reset", usedAt: null, expiresAt: { gt: new Date() } };
  const userId = await withAuth({ secretId }, ctx, async (db) => {
    await db.oneTimeSecret.updateMany({
      where: { ...live, userId: { not: null } },
      data: { secretHash: hashResetToken(token) },
    });
    return db.oneTimeSecret.findFirst({ where: live, select: { userId: true } });
  }).then((row) => row?.userId);
  if (!userId) return null;
  const user = await withAuth({ userId }, ctx, (db) =>
    db.user.findFirst({ where: { id: userId, status: "active" }, select: { email: true } }),
  );
  return user && { to: user.email, values: { path: `/mot-de-passe/nouveau#${token}`, minutes: resetMinutes } };
};
