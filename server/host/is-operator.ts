import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** Whether this person operates the platform for the host today. */
export async function isOperator(ctx: UserContext): Promise<boolean> {
  const row = await withAuth({ userId: ctx.user.id }, ctx, (db) =>
    db.hostOperator.findFirst({ where: { userId: ctx.user.id, revokedAt: null }, select: { userId: true } }),
  );
  return row !== null;
}
