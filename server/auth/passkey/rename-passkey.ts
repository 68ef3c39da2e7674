import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { notFound } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";

export async function renamePasskey(ctx: UserContext, { id, label }: { id: string; label: string }): Promise<void> {
  const userId = ctx.user.id;
  await withAuth({ userId }, ctx, async (db) => {
    const { count } = await db.passkey.updateMany({ where: { id, userId, revokedAt: null }, data: { label } });
    if (count === 0) throw notFound();
    await recordIdentityEvent(db, ctx, {
      event: "passkey.renamed",
      userId,
      sessionId: ctx.session.id,
      detail: { passkey: id },
    });
  });
}
