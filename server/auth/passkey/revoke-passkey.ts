import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { notFound, precondition } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";

/** A passkey that opens nothing any more. @throws Precondition when it is the person's only way in. */
export async function revokePasskey(ctx: UserContext, id: string): Promise<void> {
  const userId = ctx.user.id;
  await withAuth({ userId }, ctx, async (db) => {
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } });
    const others = await db.passkey.count({ where: { userId, revokedAt: null, id: { not: id } } });
    if (passwordHash === null && others === 0) throw precondition("signIn.lastWayIn");
    const { count } = await db.passkey.updateMany({
      where: { id, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw notFound();
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "passkey.removed",
      userId,
      sessionId: ctx.session.id,
      detail: { passkey: id },
    });
    await tellPerson(db, { userId, eventId });
  });
}
