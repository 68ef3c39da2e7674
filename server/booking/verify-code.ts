import type { VisitorContext } from "#server/context.ts";
import { sameDigest } from "#server/crypto/blind-index.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { invalid, precondition } from "#server/errors.ts";
import { hashContactCode } from "./hash-contact-code.ts";
import { needToken } from "./need-token.ts";
import { provedMinutes } from "./request-code.ts";

interface Tried {
  readonly id: string;
  readonly email: string;
  readonly attempts: number;
  readonly codeHash: Uint8Array | null;
  readonly verifiedAt: Date | null;
}

/**
 * Tries a mailed code. The try is counted, and committed, before the code is looked at: five in all, however many come at once.
 * Right once, it stays right for this browser: sent twice, it is no fault. Two round trips.
 * @throws Invalid beside `code`; Precondition `codeSpent` when its tries or its minutes are over, `booking.tokenNeeded`
 */
export async function verifyCode(ctx: VisitorContext, { code }: { code: string }): Promise<{ email: string }> {
  const tokenHash = needToken(ctx);
  const clinicId = ctx.clinic.id;
  await openClinicKey(clinicId);
  const [tried] = await queryAsVisitor<Tried>(ctx, {
    name: "chevet_try_code",
    text: `with proved as (
  select id, email, attempts, code_hash, verified_at from clinic.contact_check
  where clinic_id = $1 and token_hash = $2 and verified_at is not null and expires_at > now()
), counted as (
  update clinic.contact_check set attempts = attempts + 1
  where clinic_id = $1 and token_hash = $2 and attempts < 5 and expires_at > now() and not exists (select from proved)
  returning id, email, attempts, code_hash, verified_at
)
select id, email, attempts, code_hash as "codeHash", verified_at as "verifiedAt" from (table proved union all table counted) t limit 1`,
    values: [clinicId, tokenHash],
  });
  if (!tried) throw precondition("codeSpent");
  if (tried.verifiedAt) return { email: tried.email };
  const hash = await hashContactCode(clinicId, tried.id, code);
  if (!tried.codeHash || !sameDigest(tried.codeHash, hash))
    throw tried.attempts >= 5 ? precondition("codeSpent") : invalid("invalid", { code: "codeWrong" });
  const proved = await queryAsVisitor(ctx, {
    name: "chevet_prove_code",
    text: `update clinic.contact_check set verified_at = now(), expires_at = now() + make_interval(mins => $3)
where clinic_id = $1 and id = $2 returning id`,
    values: [clinicId, tried.id, provedMinutes],
  });
  if (proved.length === 0) throw precondition("codeSpent");
  return { email: tried.email };
}
