import type { RequestContext } from "#server/context.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { matchTotp } from "./match-totp.ts";
import { openTotpSecret } from "./totp-secret.ts";

/** Whether this is a code of the person's application that has not served yet; it has, from now on. */
export async function spendCode(ctx: RequestContext, userId: string, code: string): Promise<boolean> {
  const key = await openPlatformKey();
  return withAuth({ userId }, ctx, async (db) => {
    const totp = await db.totp.findFirst({
      where: { userId, confirmedAt: { not: null } },
      select: { sealedSecret: true },
    });
    if (!totp) return false;
    const step = await matchTotp(openTotpSecret(key, userId, totp.sealedSecret), code);
    if (step === null) return false;
    const { count } = await db.totp.updateMany({ where: { userId, lastStep: { lt: step } }, data: { lastStep: step } });
    return count === 1;
  });
}
