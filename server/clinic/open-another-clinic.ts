import type { z } from "zod";
import type { RequestContext, UserContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withRegistrar } from "#server/db/with-registrar.ts";
import { DomainError, precondition } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { checkAcceptance } from "./check-acceptance.ts";
import { ensureClinicKey } from "./ensure-clinic-key.ts";
import type { openAnotherInput } from "./schema.ts";
import { explainRace, writeClinic } from "./write-clinic.ts";

/** Repeats of one submit come within seconds. */
const repeatMs = 10 * 60_000;

/**
 * A signed-in person opens one more clinic and owns it: their e-mail is verified already. Sent twice, the second finds its
 * own address taken by its own clinic and answers that clinic.
 * @throws Invalid beside its fields; Precondition `termsChanged`, `clinicSessionOnly`; LimitReached
 */
export async function openAnotherClinic(
  ctx: UserContext,
  input: z.output<typeof openAnotherInput>,
): Promise<{ slug: string }> {
  // A session that a clinic's own OpenID Connect door opened is good for that clinic alone.
  if (ctx.session.clinicId) throw precondition("clinicSessionOnly");
  await consumeLimit("sign-up-account", ctx.user.email);
  const agreement = checkAcceptance(input.terms);
  const { clinic: draft } = input;
  if (await openedJustNow(ctx, ctx.user.id, draft.slug)) return { slug: draft.slug };
  const clinicId = newId();
  await ensureClinicKey(clinicId);
  const { id: userId, displayName, email } = ctx.user;
  try {
    await withRegistrar({ clinicId, userId }, ctx, (db) =>
      writeClinic(db, ctx, { clinicId, owner: { userId, displayName, email }, draft, agreement }),
    );
  } catch (error) {
    if (error instanceof DomainError && (await openedJustNow(ctx, userId, draft.slug))) return { slug: draft.slug };
    throw explainRace(error);
  }
  return { slug: draft.slug };
}

/** Whether this very address is a clinic that this person opened a moment ago. */
async function openedJustNow(ctx: RequestContext, userId: string, slug: string): Promise<boolean> {
  return withAuth({ userId, slug }, ctx, async (db) => {
    const registration = await db.clinicRegistration.findFirst({
      where: { slug, createdAt: { gt: new Date(Date.now() - repeatMs) } },
      select: { clinicId: true },
    });
    if (!registration) return false;
    const owned = await db.membership.count({ where: { clinicId: registration.clinicId, userId, role: "owner" } });
    return owned > 0;
  });
}
