import type { z } from "zod";
import type { VisitorContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { checkSolution } from "#server/proof-of-work/check-solution.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { forgetContact } from "./jobs.ts";
import { needToken } from "./need-token.ts";
import type { codeRequestInput } from "./schema.ts";

/** How long six digits are good for, and how long an address that was proved stays so (minutes). */
const codeMinutes = 15;
export const provedMinutes = 120;

export interface CodeSent {
  /** This address was proved in this visit already: no mail leaves. */
  readonly verified: boolean;
  readonly expiresAt: Date;
}

/**
 * Mails six digits to the address of a visit that is being booked. The worker makes them as it sends; the code before is worth nothing.
 * The answer is the same for every address: nobody learns whether a clinic knows it.
 * @throws Precondition `proofNeeded` for who holds no time and solved no puzzle, `booking.tokenNeeded`; LimitReached
 */
export async function requestCode(ctx: VisitorContext, input: z.output<typeof codeRequestInput>): Promise<CodeSent> {
  const tokenHash = needToken(ctx);
  const clinicId = ctx.clinic.id;
  const { email, locale } = input;
  await consumeLimit("booking-code", `${clinicId} ${addressKey(ctx.origin.address)}`);
  if (input.proof) await checkSolution(input.proof);
  const known = await withVisitor(ctx, (db) =>
    db.contactCheck.findFirst({ where: { clinicId, email, verifiedAt: { not: null }, expiresAt: { gt: new Date() } } }),
  );
  if (known) return { verified: true, expiresAt: known.expiresAt };
  if (!input.proof) await needHold(ctx, tokenHash);
  // « zoe+1@… » and « zoe+2@… » are one mailbox.
  await consumeLimit("booking-code-account", email.replace(/\+[^@]*@/, "@"));
  const id = newId();
  const expiresAt = new Date(Date.now() + codeMinutes * 60_000);
  await withVisitor(ctx, async (db) => {
    await db.contactCheck.deleteMany({ where: { clinicId, tokenHash } });
    // Raw: a visitor may not set the columns that Prisma would fill.
    await db.$executeRaw`
      insert into clinic.contact_check (clinic_id, id, token_hash, email, expires_at)
      values (${clinicId}::uuid, ${id}::uuid, ${tokenHash}, ${email}, ${expiresAt})`;
    await postMail(db, { kind: "booking-code", subject: { checkId: id }, locale, clinicId });
    const runAt = new Date(Date.now() + (codeMinutes + provedMinutes) * 60_000);
    await enqueue(db, forgetContact, { checkId: id }, { clinicId, runAt });
  });
  return { verified: false, expiresAt };
}

/** Whoever holds a time has worked for it: no second puzzle. */
async function needHold(ctx: VisitorContext, holdHash: Uint8Array<ArrayBuffer>): Promise<void> {
  const held = await withVisitor(ctx, (db) =>
    db.sitting.findFirst({
      where: { clinicId: ctx.clinic.id, holdHash, status: "held", holdExpiresAt: { gt: new Date() } },
      select: { id: true },
    }),
  );
  if (!held) throw precondition("proofNeeded");
}
