import type { UserContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { conflict, DomainError, precondition } from "#server/errors.ts";
import { checkCode } from "../code/check-code.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";

/** Moves the account to the address whose mailed code came back. The old address is told; links sent to it stop working. */
export async function changeEmail(
  ctx: UserContext,
  input: { secretId: string; code: string },
): Promise<{ email: string }> {
  const userId = ctx.user.id;
  const { email } = await checkCode(ctx, input);
  const now = new Date();
  const formerId = newId();
  const changed = withAuth({ userId, secretId: input.secretId }, ctx, async (db) => {
    const { count } = await db.oneTimeSecret.updateMany({
      where: { id: input.secretId, userId, purpose: "email_change", usedAt: null },
      data: { usedAt: now },
    });
    if (count !== 1) throw precondition("signIn.stepExpired");
    const eventId = await recordIdentityEvent(db, ctx, { event: "email.changed", userId, sessionId: ctx.session.id });
    // The notice is for whoever reads the old address, which the account is about to forget: a spent row keeps it for the worker.
    await db.oneTimeSecret.createMany({
      data: { id: formerId, purpose: "email_change", userId, email: ctx.user.email, usedAt: now, expiresAt: now },
    });
    await tellPerson(db, { userId, eventId, secretId: formerId });
    await db.user.updateMany({
      where: { id: userId },
      data: { email, emailVerifiedAt: now, lastUpdated: now, version: { increment: 1 } },
    });
    await db.membership.updateMany({ where: { userId }, data: { email, lastUpdated: now, version: { increment: 1 } } });
    await db.oneTimeSecret.updateMany({
      where: { userId, purpose: "password_reset", usedAt: null },
      data: { usedAt: now },
    });
  });
  await changed.catch((error: unknown) => {
    if (error instanceof DomainError && error.key === "alreadyExists") throw conflict("signIn.emailTaken");
    throw error;
  });
  return { email };
}
