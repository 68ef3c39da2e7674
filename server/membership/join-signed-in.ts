import { hashToken } from "#server/auth/read-session.ts";
import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { conflict, DomainError, precondition } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { slugOf } from "./join-as-newcomer.ts";
import { takePlace } from "./take-place.ts";

/**
 * Accepts an invitation as the person who is signed in. It was sent to one address: who holds another is told so, and nothing is spent.
 * @throws Precondition `invitationGone`, `invitationUsed`, `wrongPerson`, `clinicSessionOnly`; Conflict `memberExists`; LimitReached
 */
export async function joinSignedIn(ctx: UserContext, input: { token: string }): Promise<{ slug: string }> {
  if (ctx.session.clinicId) throw precondition("clinicSessionOnly");
  await consumeLimit("invitation-address", ctx.user.id);
  const tokenHash = hashToken(input.token);
  const invitation = await withAuth({ tokenHash }, ctx, (db) => db.invitation.findFirst({}));
  if (!invitation || invitation.revokedAt) throw precondition("invitationGone");
  const { clinicId } = invitation;
  const { id: userId, email, displayName } = ctx.user;
  if (invitation.email !== email) throw precondition("wrongPerson");
  try {
    const slug = await withAuth({ userId, tokenHash, clinicId }, ctx, async (db) => {
      // A double click: the place is taken, by this very person.
      if (invitation.acceptedBy === userId) return slugOf(db, clinicId);
      await takePlace(db, clinicId, { userId, displayName, email });
      return slugOf(db, clinicId);
    });
    return { slug };
  } catch (error) {
    if (error instanceof DomainError && error.key === "alreadyExists") throw conflict("memberExists");
    throw error;
  }
}
