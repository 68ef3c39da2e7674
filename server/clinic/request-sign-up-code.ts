import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { checkSolution } from "#server/proof-of-work/check-solution.ts";
import type { codeRequest } from "./schema.ts";

const lifeMinutes = 15;

/** What the page keeps until the code is typed: the same answer whether or not the address has an account. */
export interface CodeSent {
  readonly secretId: string;
  readonly expiresAt: Date;
}

/**
 * Mails a six-digit code to an address, to open a clinic with it. An address that already has an account gets a mail that
 * says so instead, and its row can be opened by no code: the page behaves alike in both cases and tells nobody anything.
 * The worker makes the code as it sends; the row reserves the id of the clinic to come, so that a repeated submit opens one.
 * @throws Precondition `proofNeeded`; LimitReached
 */
export async function requestSignUpCode(ctx: RequestContext, input: z.output<typeof codeRequest>): Promise<CodeSent> {
  await consumeLimit("sign-up-address", addressKey(ctx.origin.address));
  await checkSolution(input.proof);
  await consumeLimit("sign-up-account", input.email);
  const { email, locale } = input;
  const secretId = newId();
  const expiresAt = new Date(Date.now() + lifeMinutes * 60_000);
  await withAuth({ email, secretId }, ctx, async (db) => {
    const known = await db.user.findFirst({ where: { email }, select: { id: true } });
    await db.oneTimeSecret.createMany({
      data: {
        id: secretId,
        purpose: "email_code",
        email,
        clinicId: newId(),
        locale,
        expiresAt,
        secretHash: known ? randomBytes(32) : null,
      },
    });
    await postMail(
      db,
      known
        ? { kind: "account-exists", subject: { userId: known.id }, locale, clinicId: null }
        : { kind: "verification-code", subject: { secretId }, locale, clinicId: null },
    );
  });
  return { secretId, expiresAt };
}
