import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { notFound } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";

/** Closes one of the person's own sessions, wherever it is. It acts on that session's very next call. */
export async function revokeSession(ctx: UserContext, sessionId: string): Promise<void> {
  const userId = ctx.user.id;
  await withAuth({ userId }, ctx, async (db) => {
    const { count } = await db.session.updateMany({
      where: { id: sessionId, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw notFound();
    await recordIdentityEvent(db, ctx, { event: "session.revoked", userId, sessionId });
  });
}

/** Closes every session of the person but this one. @returns how many. */
export async function revokeOtherSessions(ctx: UserContext): Promise<number> {
  const userId = ctx.user.id;
  return withAuth({ userId }, ctx, async (db) => {
    const { count } = await db.session.updateMany({
      where: { userId, id: { not: ctx.session.id }, revokedAt: null, expiresAt: { gt: new Date() } },
      data: { revokedAt: new Date() },
    });
    if (count === 0) return 0;
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "session.others-revoked",
      userId,
      sessionId: ctx.session.id,
      detail: { count },
    });
    await tellPerson(db, { userId, eventId });
    return count;
  });
}
