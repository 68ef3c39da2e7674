import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { attemptGuess } from "#server/limit/attempt-guess.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { verifyAssertion } from "../passkey/verify-assertion.ts";
import { verifyPassword } from "../password/hash-password.ts";
import { wrongCode } from "../session/finish-second-factor.ts";
import { wrongCredentials } from "../session/sign-in-with-password.ts";
import { spendCode } from "../totp/spend-code.ts";
import type { Proof } from "./schema.ts";

export type ProofMethod = "password" | "passkey" | "code";

/**
 * Checks that the person at the keyboard is still the one whose session this is. Tries are slowed per session: only who
 * holds its cookie can use them up, so nobody else can be locked out by it.
 * @throws Unauthenticated, journaled; LimitReached.
 */
export async function checkProof(ctx: UserContext, proof: Proof): Promise<ProofMethod> {
  const userId = ctx.user.id;
  if ("assertion" in proof) {
    await verifyAssertion(ctx, proof.assertion, userId);
    return "passkey";
  }
  const method = "password" in proof ? "password" : "code";
  const guess = await attemptGuess(`proof:${ctx.session.id}:${method}`);
  const right = "password" in proof ? await isPassword(ctx, proof.password) : await spendCode(ctx, userId, proof.code);
  if (right) {
    await guess.succeed();
    return method;
  }
  await withAuth({ userId }, ctx, (db) =>
    recordIdentityEvent(db, ctx, {
      event: "session.unlock-refused",
      outcome: "refused",
      userId,
      sessionId: ctx.session.id,
      detail: { method, tries: guess.tries },
    }),
  );
  throw method === "password" ? wrongCredentials() : wrongCode();
}

async function isPassword(ctx: UserContext, typed: string): Promise<boolean> {
  const id = ctx.user.id;
  const user = await withAuth({ userId: id }, ctx, (db) =>
    db.user.findUnique({ where: { id }, select: { passwordHash: true } }),
  );
  return verifyPassword(typed, user?.passwordHash);
}
