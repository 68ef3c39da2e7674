import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { invalid } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { checkProof } from "../proof/check-proof.ts";
import type { Proof } from "../proof/schema.ts";

/** Adds the second factor to a session that was opened without one, for a clinic that asks for it. */
export async function passSecondFactor(ctx: UserContext, proof: Proof): Promise<void> {
  if ("password" in proof) throw invalid("signIn.codeNeeded");
  const method = await checkProof(ctx, proof);
  await withAuth({ userId: ctx.user.id }, ctx, async (db) => {
    await db.session.updateMany({
      where: { id: ctx.session.id, revokedAt: null },
      data: { secondFactorAt: new Date() },
    });
    await recordIdentityEvent(db, ctx, {
      event: "session.second-factor",
      userId: ctx.user.id,
      sessionId: ctx.session.id,
      detail: { method },
    });
  });
}
