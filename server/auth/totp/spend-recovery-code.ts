import type { RequestContext } from "#server/context.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { hashRecoveryCode } from "./recovery-code.ts";

/** Whether this is an unused recovery code of the person; it is used from now on, and they are told. */
export async function spendRecoveryCode(ctx: RequestContext, userId: string, typed: string): Promise<boolean> {
  const codeHash = hashRecoveryCode(await openPlatformKey(), userId, typed);
  return withAuth({ userId }, ctx, async (db) => {
    const { count } = await db.recoveryCode.updateMany({
      where: { userId, codeHash, usedAt: null },
      data: { usedAt: new Date() },
    });
    if (count === 0) return false;
    const eventId = await recordIdentityEvent(db, ctx, { event: "recovery-code.used", userId });
    await tellPerson(db, { userId, eventId });
    return true;
  });
}
