import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { notFound, precondition } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { readSessionRules } from "../session/read-session-rules.ts";

/** Turns the second factor off. @throws Precondition when one of the person's clinics or the host asks for one and no passkey stands in. */
export async function disableTotp(ctx: UserContext): Promise<void> {
  const userId = ctx.user.id;
  const { requireSecondFactor } = await readSessionRules(userId);
  await withAuth({ userId }, ctx, async (db) => {
    const passkeys = await db.passkey.count({ where: { userId, revokedAt: null } });
    const operator = await db.hostOperator.count({ where: { userId, revokedAt: null } });
    if ((requireSecondFactor || operator > 0) && passkeys === 0) throw precondition("signIn.totpNeeded");
    const { count } = await db.totp.deleteMany({ where: { userId, confirmedAt: { not: null } } });
    if (count === 0) throw notFound();
    await db.recoveryCode.deleteMany({ where: { userId } });
    const eventId = await recordIdentityEvent(db, ctx, { event: "totp.disabled", userId, sessionId: ctx.session.id });
    await tellPerson(db, { userId, eventId });
  });
}
