import type { Realm, RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { hashToken } from "../read-session.ts";

/** Signs out: the session's row is revoked, so that its cookie opens nothing, wherever a copy of it lies. Silent when there is none. */
export async function closeSession(
  ctx: RequestContext,
  { realm, token }: { realm: Realm; token: string },
): Promise<void> {
  const sessionHash = hashToken(token);
  const tokenHash = Buffer.from(sessionHash);
  const session = await withAuth({ sessionHash }, ctx, async (db) => {
    const found = await db.session.findFirst({
      where: { tokenHash, realm, revokedAt: null },
      select: { id: true, userId: true },
    });
    if (found) await db.session.updateMany({ where: { tokenHash }, data: { revokedAt: new Date() } });
    return found;
  });
  if (!session) return;
  await withAuth({ userId: session.userId }, ctx, (db) =>
    recordIdentityEvent(db, ctx, {
      event: "session.closed",
      userId: session.userId,
      sessionId: session.id,
      detail: { realm },
    }),
  );
}
