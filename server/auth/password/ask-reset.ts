import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { DomainError } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { findAccount } from "../session/find-account.ts";

/** How long a link is good for, from the moment it was asked (minutes). */
export const resetMinutes = 30;

/**
 * Asks for a link to choose a new password. Answers, writes and posts the same whether the account exists or not: the
 * worker finds out as it sends (compose-password-reset.ts). Asked too often for one address, it says nothing and sends
 * nothing more: saying so would tell.
 * @throws LimitReached per caller's address.
 */
export async function askReset(ctx: RequestContext, email: string): Promise<void> {
  await consumeLimit("reset-address", addressKey(ctx.origin.address));
  const account = await findAccount(email, ctx);
  if (!(await mayAsk(email))) return;
  const secretId = newId();
  const locale = account?.locale ?? ctx.locale;
  await withAuth({ email, secretId, userId: account?.id }, ctx, async (db) => {
    await db.oneTimeSecret.createMany({
      data: {
        id: secretId,
        purpose: "password_reset",
        email,
        userId: account?.id ?? null,
        locale,
        expiresAt: new Date(Date.now() + resetMinutes * 60_000),
      },
    });
    await recordIdentityEvent(db, ctx, { event: "password.reset-asked", userId: account?.id ?? null });
    await postMail(db, { kind: "password-reset", subject: { secretId }, locale, clinicId: null });
  });
}

async function mayAsk(email: string): Promise<boolean> {
  try {
    await consumeLimit("reset-account", email);
    return true;
  } catch (refusal) {
    if (refusal instanceof DomainError && refusal.code === "LimitReached") return false;
    throw refusal;
  }
}
