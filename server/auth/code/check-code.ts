import { timingSafeEqual } from "node:crypto";
import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { invalid, precondition } from "#server/errors.ts";
import { hashCode } from "./hash-code.ts";

/** How long a mailed code is good for (minutes). */
export const codeMinutes = 15;

/**
 * Counts one try of a code mailed to move this person's account, then says whether it is right. Spending it is the caller's, in the
 * transaction of what it permits (`usedAt`, one row).
 * @returns the address that the code went to. @throws Invalid beside `code`; Precondition `signIn.stepExpired` after five tries or too late.
 */
export async function checkCode(
  ctx: UserContext,
  { secretId, code }: { secretId: string; code: string },
): Promise<{ email: string }> {
  const hash = await hashCode(secretId, code);
  const row = await withAuth({ secretId }, ctx, async (db) => {
    // Somebody else's code does not exist, and their tries are not used up.
    const live = {
      id: secretId,
      userId: ctx.user.id,
      purpose: "email_change",
      usedAt: null,
      expiresAt: { gt: new Date() },
    };
    const { count } = await db.oneTimeSecret.updateMany({
      where: { ...live, attempts: { lt: db.oneTimeSecret.fields.maxAttempts } },
      data: { attempts: { increment: 1 } },
    });
    if (count === 0) return null;
    return db.oneTimeSecret.findFirst({ where: live, select: { secretHash: true, email: true } });
  });
  if (!row?.email) throw precondition("signIn.stepExpired");
  const right = row.secretHash !== null && timingSafeEqual(Buffer.from(row.secretHash), hash);
  if (!right) throw invalid("signIn.wrongCode", { code: "signIn.wrongCode" });
  return { email: row.email };
}
