import { createHash } from "node:crypto";
import type { RequestContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { checkPassword } from "./check-password.ts";
import { hashPassword } from "./hash-password.ts";
import { setPassword } from "./set-password.ts";

/** What is kept of a mailed link's token: 32 random bytes, so a plain hash is enough. */
export function hashResetToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(`password-reset:${token}`).digest());
}

const linkExpired = () => precondition("signIn.linkExpired");

/** Whose link this is, in their own words, so that the page checks the password against them. @throws Precondition `signIn.linkExpired`. */
export async function readReset(ctx: RequestContext, token: string): Promise<{ email: string; displayName: string }> {
  await consumeLimit("reset-address", addressKey(ctx.origin.address));
  const { email, displayName } = await findReset(ctx, token);
  return { email, displayName };
}

/**
 * Chooses a new password by a mailed link, once. Every session of the person ends; the second factor stays as it was.
 * @returns whose password it is.
 * @throws Precondition `signIn.linkExpired`; Invalid beside `password`; LimitReached.
 */
export async function resetPassword(
  ctx: RequestContext,
  input: { token: string; password: string },
): Promise<{ userId: string }> {
  await consumeLimit("reset-address", addressKey(ctx.origin.address));
  const tokenHash = hashResetToken(input.token);
  const { userId, email, displayName } = await findReset(ctx, input.token);
  checkPassword(input.password, [email, displayName]);
  const passwordHash = await hashPassword(input.password);
  await withAuth({ userId, tokenHash }, ctx, async (db) => {
    const { count } = await db.oneTimeSecret.updateMany({ where: live(tokenHash), data: { usedAt: new Date() } });
    if (count !== 1) throw linkExpired();
    await setPassword(db, { userId, passwordHash });
    // The link came to the person's address and back: the address is theirs.
    await db.user.updateMany({ where: { id: userId, emailVerifiedAt: null }, data: { emailVerifiedAt: new Date() } });
    const eventId = await recordIdentityEvent(db, ctx, { event: "password.reset", userId });
    await tellPerson(db, { userId, eventId });
  });
  return { userId };
}

const live = (secretHash: Uint8Array<ArrayBuffer>) => ({
  secretHash,
  purpose: "password_reset",
  usedAt: null,
  expiresAt: { gt: new Date() },
});

async function findReset(ctx: RequestContext, token: string) {
  const tokenHash = hashResetToken(token);
  const userId = await withAuth({ tokenHash }, ctx, (db: Db) =>
    db.oneTimeSecret.findFirst({ where: live(tokenHash), select: { userId: true } }),
  ).then((row) => row?.userId);
  if (!userId) throw linkExpired();
  const user = await withAuth({ userId }, ctx, (db) =>
    db.user.findFirst({ where: { id: userId, status: "active" }, select: { email: true, displayName: true } }),
  );
  if (!user) throw linkExpired();
  return { userId, ...user };
}
