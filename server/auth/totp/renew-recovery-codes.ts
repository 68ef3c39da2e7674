import type { UserContext } from "#server/context.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { precondition } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { newRecoveryCodes } from "./recovery-code.ts";
import { replaceRecoveryCodes } from "./replace-recovery-codes.ts";

/** Ten new recovery codes; those before them stop working. @throws Precondition when there is no second factor to recover. */
export async function renewRecoveryCodes(ctx: UserContext): Promise<{ recoveryCodes: string[] }> {
  const userId = ctx.user.id;
  const key = await openPlatformKey();
  const recoveryCodes = newRecoveryCodes();
  await withAuth({ userId }, ctx, async (db) => {
    const totp = await db.totp.count({ where: { userId, confirmedAt: { not: null } } });
    if (totp === 0) throw precondition("signIn.totpMissing");
    await replaceRecoveryCodes(db, key, userId, recoveryCodes);
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "recovery-codes.renewed",
      userId,
      sessionId: ctx.session.id,
    });
    await tellPerson(db, { userId, eventId });
  });
  return { recoveryCodes };
}
