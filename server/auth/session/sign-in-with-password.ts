import type { Realm, RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { DomainError } from "#server/errors.ts";
import { attemptGuess } from "#server/limit/attempt-guess.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { type Device, knowsPerson } from "../device/known-device.ts";
import { hashPassword, isOutdated, verifyPassword } from "../password/hash-password.ts";
import { type Account, findAccount } from "./find-account.ts";
import { mayEnterRealm } from "./may-enter-realm.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { recordRefusedSignIn } from "./record-refused-sign-in.ts";
import { type PendingSignIn, startSecondFactor } from "./start-second-factor.ts";

export type SignInAnswer =
  | { readonly kind: "opened"; readonly session: OpenedSession }
  | { readonly kind: "second-factor"; readonly pending: PendingSignIn };

/** The one refusal of this door: no account, no password, wrong password, disabled account and wrong realm are alike. */
export const wrongCredentials = () => new DomainError("Unauthenticated", "signIn.wrongCredentials");

/**
 * Opens a session by e-mail and password, or asks for the second factor when the person has one. Nothing in the answer or
 * in the work done tells whether the account exists.
 * @throws Unauthenticated `wrongCredentials`; LimitReached with the seconds to wait.
 */
export async function signInWithPassword(
  ctx: RequestContext,
  input: { email: string; password: string; realm: Realm; device: Device },
): Promise<SignInAnswer> {
  const { email, password, realm, device } = input;
  await consumeLimit("sign-in-address", addressKey(ctx.origin.address));
  const account = await findAccount(email, ctx);
  const known = account !== null && knowsPerson(device, account.id);
  const guess = await attemptGuess(known ? `device:${device.id}:${account.id}` : `account:${email}`);
  const right = await verifyPassword(password, account?.passwordHash);
  const welcome = await mayEnterRealm(ctx, realm, account);
  if (!account || !right || !welcome) {
    await recordRefusedSignIn(ctx, account, { realm, tries: guess.tries });
    throw wrongCredentials();
  }
  await guess.succeed();
  await keepCurrent(ctx, account, password);
  const pending = await startSecondFactor(ctx, { userId: account.id, realm });
  if (pending) return { kind: "second-factor", pending };
  const session = await openSession(ctx, {
    userId: account.id,
    realm,
    method: "password",
    secondFactor: false,
    newDevice: !known,
  });
  return { kind: "opened", session };
}

/** Hashes the password anew when today's parameters are not those of its hash. */
async function keepCurrent(ctx: RequestContext, account: Account, password: string): Promise<void> {
  const { id, passwordHash } = account;
  if (!passwordHash || !isOutdated(passwordHash)) return;
  const fresh = await hashPassword(password);
  await withAuth({ userId: id }, ctx, (db) =>
    // Only over the hash that was just verified: a password changed meanwhile stays.
    db.user.updateMany({ where: { id, passwordHash }, data: { passwordHash: fresh } }),
  );
}
