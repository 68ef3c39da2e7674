import type { UserContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { invalid } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { codeMinutes } from "../code/check-code.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";

/** Mails a code to the new address. Whether somebody else has an account there is said only to who can read its mail. */
export async function askEmailChange(ctx: UserContext, email: string): Promise<{ secretId: string }> {
  if (email === ctx.user.email) throw invalid("signIn.emailSame", { email: "signIn.emailSame" });
  await consumeLimit("email-change", ctx.user.id);
  const userId = ctx.user.id;
  const secretId = newId();
  await withAuth({ userId, secretId }, ctx, async (db) => {
    await db.oneTimeSecret.updateMany({
      where: { userId, purpose: "email_change", usedAt: null },
      data: { usedAt: new Date() },
    });
    await db.oneTimeSecret.createMany({
      data: {
        id: secretId,
        purpose: "email_change",
        userId,
        email,
        locale: ctx.user.locale,
        expiresAt: new Date(Date.now() + codeMinutes * 60_000),
      },
    });
    await recordIdentityEvent(db, ctx, { event: "email.change-asked", userId, sessionId: ctx.session.id });
    await postMail(db, { kind: "verification-code", subject: { secretId }, locale: ctx.user.locale, clinicId: null });
  });
  return { secretId };
}
