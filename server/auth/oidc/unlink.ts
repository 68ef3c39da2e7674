import type { ClinicContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { notFound } from "#server/errors.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { tellPerson } from "../mail/tell-person.ts";
import { requireRecentProof } from "../proof/require-recent-proof.ts";
import { requireOwnDoor } from "./require-own-door.ts";

/**
 * Cuts every link of this person with this clinic's provider, those with an earlier one included, and ends the sessions
 * that they opened.
 * @throws Precondition `signIn.confirmNeeded`, `oidc.ownMeansOnly`; NotFound when there is none
 */
export async function unlink(ctx: ClinicContext): Promise<void> {
  requireOwnDoor(ctx);
  requireRecentProof(ctx);
  const [clinicId, userId] = [ctx.clinic.id, ctx.user.id];
  await withAuth({ clinicId, userId }, ctx, async (db) => {
    const { count } = await db.federatedIdentity.deleteMany({ where: { clinicId, userId } });
    if (count === 0) throw notFound();
    await db.session.updateMany({
      where: { userId, clinicId, method: "oidc", revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const eventId = await recordIdentityEvent(db, ctx, {
      event: "oidc.unlinked",
      userId,
      sessionId: ctx.session.id,
      clinicId,
    });
    await tellPerson(db, { userId, eventId, clinicId });
  });
}
