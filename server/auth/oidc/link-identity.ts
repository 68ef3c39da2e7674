import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import type { SessionAnswer } from "../read-session.ts";
import { JourneyRefused } from "./ask-provider.ts";
import type { Identity } from "./person-of.ts";

/**
 * Binds the person who sits here to this subject of this issuer, in this clinic. One subject is one person's, and one
 * person has one subject: the unique keys have the last word.
 * @throws JourneyRefused otherSession, taken, alreadyLinked
 */
export async function linkIdentity(
  ctx: RequestContext,
  { clinicId, issuer, subject }: Identity,
  { session, user }: SessionAnswer,
): Promise<void> {
  // Asked again: the session may have fallen asleep on the way.
  if (session.clinicId !== null || session.locked) throw new JourneyRefused("otherSession");
  const userId = user.id;
  await withAuth({ clinicId, userId }, ctx, async (db) => {
    if ((await db.membership.count({ where: { clinicId, userId, status: "active" } })) === 0)
      throw new JourneyRefused("otherSession");
    const { count } = await db.federatedIdentity.createMany({
      data: { clinicId, id: newId(), issuer, subject, userId },
      skipDuplicates: true,
    });
    if (count === 0) {
      const holder = await db.federatedIdentity.findFirst({
        where: { clinicId, issuer, subject },
        select: { userId: true },
      });
      throw new JourneyRefused(holder && holder.userId !== userId ? "taken" : "alreadyLinked");
    }
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "oidc.linked",
      userId,
      sessionId: session.id,
      clinicId,
    });
    await tellPerson(db, { userId, eventId, clinicId });
  });
}
