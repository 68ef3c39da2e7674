import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { invalid } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { checkProof } from "../proof/check-proof.ts";
import { readProofs } from "../proof/read-proofs.ts";
import type { Proof } from "../proof/schema.ts";

/**
 * Proves who one is again before a dangerous act: by password or passkey, or by a code for a person who has neither.
 * @throws Unauthenticated; Invalid when a code alone is not enough.
 */
export async function confirmSession(ctx: UserContext, proof: Proof): Promise<void> {
  if ("code" in proof) {
    const has = await readProofs(ctx);
    if (has.password || has.passkey) throw invalid("signIn.codeNotEnough");
  }
  const method = await checkProof(ctx, proof);
  const now = new Date();
  await withAuth({ userId: ctx.user.id }, ctx, async (db) => {
    await db.session.updateMany({
      where: { id: ctx.session.id, revokedAt: null },
      data: { confirmedAt: now, lastSeenAt: now, ...(method === "password" ? {} : { secondFactorAt: now }) },
    });
    await recordIdentityEvent(db, ctx, {
      event: "session.confirmed",
      userId: ctx.user.id,
      sessionId: ctx.session.id,
      detail: { method },
    });
  });
}
