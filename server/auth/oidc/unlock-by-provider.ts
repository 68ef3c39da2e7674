import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { neverConfirmed } from "../proof/require-own-session.ts";
import type { SessionAnswer } from "../read-session.ts";
import { JourneyRefused } from "./ask-provider.ts";
import { type Identity, personOf } from "./person-of.ts";

/**
 * Wakes a session that this provider opened, once its person has signed in there again. It proves no more than opening it
 * did: no second factor, and nothing about the account (requireOwnSession).
 * @throws JourneyRefused otherSession
 */
export async function unlockByProvider(
  ctx: RequestContext,
  identity: Identity,
  { session, user }: SessionAnswer,
): Promise<void> {
  if (session.clinicId !== identity.clinicId || (await personOf(ctx, identity)) !== user.id)
    throw new JourneyRefused("otherSession");
  await withAuth({ userId: user.id }, ctx, async (db) => {
    await db.session.updateMany({
      where: { id: session.id, revokedAt: null },
      // Whoever runs the provider may sit here now: what the person proved before it slept is proved no more.
      data: { lockedAt: null, lastSeenAt: new Date(), confirmedAt: neverConfirmed },
    });
    await recordIdentityEvent(db, ctx, {
      event: "session.unlocked",
      userId: user.id,
      sessionId: session.id,
      clinicId: identity.clinicId,
      detail: { method: "oidc" },
    });
  });
}
