import type { UserContext } from "#server/context.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { invalid, precondition } from "#server/errors.ts";
import { attemptGuess } from "#server/limit/attempt-guess.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { matchTotp } from "./match-totp.ts";
import { newRecoveryCodes } from "./recovery-code.ts";
import { replaceRecoveryCodes } from "./replace-recovery-codes.ts";
import { openTotpSecret } from "./totp-secret.ts";

/**
 * Turns the second factor on, once a code shows that the application holds the secret.
 * @returns the recovery codes, which are never shown again.
 * @throws Invalid beside `code`; Precondition `signIn.stepExpired` when nothing was started.
 */
export async function confirmTotp(ctx: UserContext, code: string): Promise<{ recoveryCodes: string[] }> {
  const userId = ctx.user.id;
  const guess = await attemptGuess(`enrol:${ctx.session.id}`);
  const key = await openPlatformKey();
  const recoveryCodes = newRecoveryCodes();
  await withAuth({ userId }, ctx, async (db) => {
    const totp = await db.totp.findFirst({ where: { userId, confirmedAt: null }, select: { sealedSecret: true } });
    if (!totp) throw precondition("signIn.stepExpired");
    const step = await matchTotp(openTotpSecret(key, userId, totp.sealedSecret), code);
    if (step === null) throw invalid("signIn.wrongCode", { code: "signIn.wrongCode" });
    const now = new Date();
    const { count } = await db.totp.updateMany({
      where: { userId, confirmedAt: null },
      data: { confirmedAt: now, lastStep: step },
    });
    if (count === 0) throw precondition("signIn.stepExpired");
    await replaceRecoveryCodes(db, key, userId, recoveryCodes);
    await db.session.updateMany({ where: { id: ctx.session.id }, data: { secondFactorAt: now } });
    const eventId = await recordIdentityEvent(db, ctx, { event: "totp.enabled", userId, sessionId: ctx.session.id });
    await tellPerson(db, { userId, eventId });
  });
  await guess.succeed();
  return { recoveryCodes };
}
