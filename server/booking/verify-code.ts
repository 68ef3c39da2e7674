import type { VisitorContext } from "#server/context.ts";
import { sameDigest } from "#server/crypto/blind-index.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { invalid, precondition } from "#server/errors.ts";
import { hashContactCode } from "./hash-contact-code.ts";
import { needToken } from "./need-token.ts";
import { provedMinutes } from "./request-code.ts";

/**
 * Tries a mailed code. The try is counted, and committed, before the code is looked at: five in all, however many come at once.
 * Right once, it stays right for this browser: sent twice, it is no fault.
 * @throws Invalid beside `code`; Precondition `codeSpent` when its tries or its minutes are over, `booking.tokenNeeded`
 */
export async function verifyCode(ctx: VisitorContext, { code }: { code: string }): Promise<{ email: string }> {
  const tokenHash = needToken(ctx);
  const clinicId = ctx.clinic.id;
  await openClinicKey(clinicId);
  const tried = await withVisitor(ctx, async (db) => {
    const proved = await db.contactCheck.findFirst({
      where: { clinicId, tokenHash, verifiedAt: { not: null }, expiresAt: { gt: new Date() } },
    });
    if (proved) return proved;
    const counted = await db.$executeRaw`
      update clinic.contact_check set attempts = attempts + 1
      where clinic_id = ${clinicId}::uuid and token_hash = ${tokenHash} and attempts < 5 and expires_at > now()`;
    return counted === 0 ? null : db.contactCheck.findFirst({ where: { clinicId, tokenHash } });
  });
  if (!tried) throw precondition("codeSpent");
  if (tried.verifiedAt) return { email: tried.email };
  const hash = await hashContactCode(clinicId, tried.id, code);
  if (!tried.codeHash || !sameDigest(tried.codeHash, hash))
    throw tried.attempts >= 5 ? precondition("codeSpent") : invalid("invalid", { code: "codeWrong" });
  const { id } = tried;
  const { count } = await withVisitor(ctx, (db) =>
    db.contactCheck.updateMany({
      where: { clinicId, id },
      data: { verifiedAt: new Date(), expiresAt: new Date(Date.now() + provedMinutes * 60_000) },
    }),
  );
  if (count === 0) throw precondition("codeSpent");
  return { email: tried.email };
}
