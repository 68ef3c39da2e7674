import type { Realm, RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { DomainError, precondition } from "#server/errors.ts";
import { attemptGuess } from "#server/limit/attempt-guess.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { type Device, knowsPerson } from "../device/known-device.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { spendCode } from "../totp/spend-code.ts";
import { spendRecoveryCode } from "../totp/spend-recovery-code.ts";
import { openSession } from "./open-session.ts";
import type { SignInAnswer } from "./sign-in-with-password.ts";
import { hashPending } from "./start-second-factor.ts";

export type TypedCode = { readonly code: string } | { readonly recoveryCode: string };

export const wrongCode = () => new DomainError("Unauthenticated", "signIn.wrongCode");

/**
 * The second step of signing in by password: a code of the application, or one kept on paper. The first step serves once
 * and for a few tries; tries of all first steps together are slowed per person (server/limit).
 * @throws Precondition `stepExpired`: begin again; Unauthenticated `wrongCode`; LimitReached.
 */
export async function finishSecondFactor(
  ctx: RequestContext,
  input: { realm: Realm; pending: string | undefined; device: Device; typed: TypedCode },
): Promise<SignInAnswer> {
  const { realm, pending, device, typed } = input;
  await consumeLimit("sign-in-address", addressKey(ctx.origin.address));
  if (!pending) throw precondition("signIn.stepExpired");
  const tokenHash = hashPending(realm, pending);
  const userId = await takeTry(ctx, tokenHash);
  if (!userId) throw precondition("signIn.stepExpired");
  const known = knowsPerson(device, userId);
  const guess = await attemptGuess(known ? `code:${device.id}:${userId}` : `code:${userId}`);
  const right =
    "code" in typed
      ? await spendCode(ctx, userId, typed.code)
      : await spendRecoveryCode(ctx, userId, typed.recoveryCode);
  if (!right) {
    await withAuth({ userId }, ctx, (db) =>
      recordIdentityEvent(db, ctx, {
        event: "second-factor.refused",
        outcome: "refused",
        userId,
        detail: { realm, tries: guess.tries },
      }),
    );
    throw wrongCode();
  }
  await guess.succeed();
  if (!(await spend(ctx, tokenHash))) throw precondition("signIn.stepExpired");
  const session = await openSession(ctx, { userId, realm, method: "password", secondFactor: true, newDevice: !known });
  return { kind: "opened", session };
}

/** Counts one try against the first step, before the code is looked at. @returns whose it is, or null when it is spent. */
function takeTry(ctx: RequestContext, tokenHash: Uint8Array<ArrayBuffer>): Promise<string | null> {
  return withAuth({ tokenHash }, ctx, async (db) => {
    const live = { secretHash: tokenHash, purpose: "second_factor", usedAt: null, expiresAt: { gt: new Date() } };
    const { count } = await db.oneTimeSecret.updateMany({
      where: { ...live, attempts: { lt: db.oneTimeSecret.fields.maxAttempts } },
      data: { attempts: { increment: 1 } },
    });
    if (count === 0) return null;
    const row = await db.oneTimeSecret.findFirst({ where: live, select: { userId: true } });
    return row?.userId ?? null;
  });
}

/** Two right codes at once open one session. */
async function spend(ctx: RequestContext, tokenHash: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { count } = await withAuth({ tokenHash }, ctx, (db) =>
    db.oneTimeSecret.updateMany({ where: { secretHash: tokenHash, usedAt: null }, data: { usedAt: new Date() } }),
  );
  return count === 1;
}
