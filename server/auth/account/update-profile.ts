import type { Locale, UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";

/** Changes one's own name, and the language of one's mail. Clinics keep the name they know in their own lists of members. */
export async function updateProfile(ctx: UserContext, input: { displayName: string; locale: Locale }): Promise<void> {
  const userId = ctx.user.id;
  await withAuth({ userId }, ctx, async (db) => {
    const now = new Date();
    await db.user.updateMany({
      where: { id: userId },
      data: { ...input, lastUpdated: now, version: { increment: 1 } },
    });
    await db.membership.updateMany({
      where: { userId },
      data: { displayName: input.displayName, lastUpdated: now, version: { increment: 1 } },
    });
    await recordIdentityEvent(db, ctx, { event: "profile.changed", userId, sessionId: ctx.session.id });
  });
}
