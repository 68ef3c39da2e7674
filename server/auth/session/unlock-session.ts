import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { checkProof } from "../proof/check-proof.ts";
import type { Proof } from "../proof/schema.ts";

/** Wakes a session that slept or was locked, once its person has proved who they are. */
export async function unlockSession(ctx: UserContext, proof: Proof): Promise<void> {
  const method = await checkProof(ctx, proof);
  const now = new Date();
  await withAuth({ userId: ctx.user.id }, ctx, async (db) => {
    await db.session.updateMany({
      where: { id: ctx.session.id, revokedAt: null },
      data: {
        lockedAt: null,
        lastSeenAt: now,
        // A code alone is one factor that a thief of the phone holds too: it wakes, and confirms nothing.
        ...(method === "code" ? {} : { confirmedAt: now }),
        ...(method === "password" ? {} : { secondFactorAt: now }),
      },
    });
    await recordIdentityEvent(db, ctx, {
      event: "session.unlocked",
      userId: ctx.user.id,
      sessionId: ctx.session.id,
      detail: { method },
    });
  });
}
