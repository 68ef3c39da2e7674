import { checkPassword } from "#server/auth/password/check-password.ts";
import { hashPassword, verifyPassword } from "#server/auth/password/hash-password.ts";
import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withRegistrar } from "#server/db/with-registrar.ts";
import { conflict, invalid } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { readPhone } from "#server/phone.ts";
import { checkAcceptance } from "./check-acceptance.ts";
import { ensureClinicKey } from "./ensure-clinic-key.ts";
import { isReserved } from "./reserved-slugs.ts";
import type { SignUpInput } from "./schema.ts";
import { type TriedCode, tryCode } from "./try-code.ts";
import { explainRace } from "./write-clinic.ts";
import { writeOwnedClinic } from "./write-owned-clinic.ts";

export interface SignedUp {
  readonly userId: string;
  readonly slug: string;
}

/**
 * Opens a clinic and its owner's account, whole or not at all: what can be wrong without the code is looked at before a
 * try is spent on it. Sent twice (a double click, a lost answer) it opens one clinic and answers the same.
 * @throws Invalid beside its fields; Precondition `termsChanged`, `codeSpent`; Conflict `accountExists`; LimitReached
 */
export async function signUp(ctx: RequestContext, input: SignUpInput): Promise<SignedUp> {
  await consumeLimit("sign-up-address", addressKey(ctx.origin.address));
  const { clinic: draft, account } = input;
  const agreement = checkAcceptance(input.terms);
  if (isReserved(draft.slug)) throw invalid("invalid", { "clinic.slug": "slugReserved" });
  readPhone(draft.privacyOfficer.phone, "clinic.privacyOfficer.phone");
  checkPassword(account.password, [account.displayName, account.email, draft.name], "account.password");
  const tried = await tryCode(ctx, input);
  if (tried.email !== account.email) throw invalid("invalid", { code: "codeWrong" });
  if (tried.spent) return repeatSignUp(ctx, tried, account.password);

  const passwordHash = await hashPassword(account.password);
  await ensureClinicKey(tried.clinicId);
  const { clinicId } = tried;
  const userId = newId();
  const { secretId } = input;
  try {
    const mine = await withRegistrar({ clinicId, userId, secretId }, ctx, async (db) => {
      const spent = await db.oneTimeSecret.updateMany({
        where: { id: secretId, usedAt: null },
        data: { usedAt: new Date() },
      });
      if (spent.count === 0) return false;
      const owner = { userId, displayName: account.displayName, email: account.email };
      await writeOwnedClinic(db, ctx, { clinicId, owner, passwordHash, draft, agreement });
      return true;
    });
    if (mine) return { userId, slug: draft.slug };
  } catch (error) {
    if (await hasAccount(ctx, account.email)) throw conflict("accountExists");
    throw explainRace(error);
  }
  return repeatSignUp(ctx, tried, account.password);
}

/** The clinic that this code already opened, for the one who knows the code and the password that it was opened with. */
async function repeatSignUp(ctx: RequestContext, tried: TriedCode, password: string): Promise<SignedUp> {
  const { email, clinicId } = tried;
  const owner = await withAuth({ email }, ctx, (db) =>
    db.user.findFirst({ where: { email }, select: { id: true, passwordHash: true } }),
  );
  if (!(await verifyPassword(password, owner?.passwordHash)) || !owner) throw conflict("accountExists");
  const registration = await withAuth({ clinicId }, ctx, (db) =>
    db.clinicRegistration.findFirst({ where: { clinicId }, select: { slug: true } }),
  );
  if (!registration) throw conflict("accountExists");
  return { userId: owner.id, slug: registration.slug };
}

async function hasAccount(ctx: RequestContext, email: string): Promise<boolean> {
  const count = await withAuth({ email }, ctx, (db) => db.user.count({ where: { email } }));
  return count > 0;
}
