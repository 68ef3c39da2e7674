import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** Locks by hand, before leaving the screen. */
export async function lockSession(ctx: UserContext): Promise<void> {
  await withAuth({ userId: ctx.user.id }, ctx, (db) =>
    db.session.updateMany({ where: { id: ctx.session.id, lockedAt: null }, data: { lockedAt: new Date() } }),
  );
}
