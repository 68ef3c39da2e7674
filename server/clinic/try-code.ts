import { timingSafeEqual } from "node:crypto";
import { hashCode } from "#server/auth/code/hash-code.ts";
import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { invalid, precondition } from "#server/errors.ts";

export interface TriedCode {
  readonly email: string;
  /** The id that the clinic will have, the same for every repeat of this sign-up. */
  readonly clinicId: string;
  /** This code opened a clinic already: a double click, or an answer that was lost on its way. */
  readonly spent: boolean;
}

/**
 * Tries a mailed code. The try is counted, and committed, before the code is looked at: five in all, however many come at once.
 * @throws Invalid beside `code`; Precondition `codeSpent` when its tries or its minutes are over.
 */
export async function tryCode(ctx: RequestContext, input: { secretId: string; code: string }): Promise<TriedCode> {
  const { secretId } = input;
  const hash = await hashCode(secretId, input.code);
  const secret = await withAuth({ secretId }, ctx, async (db) => {
    const counted = await db.$executeRaw`
      update identity.one_time_secret set attempts = attempts + 1
      where id = ${secretId}::uuid and purpose = 'email_code' and attempts < max_attempts and expires_at > now()`;
    if (counted === 0) return null;
    return db.oneTimeSecret.findFirst({ where: { id: secretId } });
  });
  if (!secret?.email || !secret.clinicId) throw precondition("codeSpent");
  const { secretHash } = secret;
  if (!secretHash || !timingSafeEqual(secretHash, hash)) {
    throw secret.attempts >= secret.maxAttempts ? precondition("codeSpent") : invalid("invalid", { code: "codeWrong" });
  }
  return { email: secret.email, clinicId: secret.clinicId, spent: secret.usedAt !== null };
}
