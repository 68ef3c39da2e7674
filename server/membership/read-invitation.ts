import type { Role } from "#server/access/permissions.ts";
import { hashToken } from "#server/auth/read-session.ts";
import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";

/** What the holder of a link sees: they read the mailbox it was sent to. */
export interface InvitationView {
  readonly clinicName: string;
  readonly slug: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
  readonly expiresAt: Date;
  /** This address has an account here: its holder signs in with it instead of making another. */
  readonly hasAccount: boolean;
}

/**
 * The invitation behind a link that still opens something.
 * @throws Precondition `invitationGone` (unknown, replaced, taken back), `invitationUsed`, `invitationExpired`; LimitReached
 */
export async function readInvitation(ctx: RequestContext, input: { token: string }): Promise<InvitationView> {
  await consumeLimit("invitation-address", addressKey(ctx.origin.address));
  const tokenHash = hashToken(input.token);
  const invitation = await withAuth({ tokenHash }, ctx, (db) => db.invitation.findFirst({}));
  if (!invitation || invitation.revokedAt) throw precondition("invitationGone");
  if (invitation.acceptedAt) throw precondition("invitationUsed");
  if (invitation.expiresAt.getTime() <= Date.now()) throw precondition("invitationExpired");
  const { clinicId, email } = invitation;
  return withAuth({ clinicId, email }, ctx, async (db) => {
    const clinic = await db.clinicRegistration.findFirst({ where: { clinicId } });
    if (!clinic || clinic.status === "suspended") throw precondition("invitationGone");
    const account = await db.user.findFirst({ where: { email }, select: { id: true } });
    return {
      clinicName: clinic.displayName,
      slug: clinic.slug,
      email,
      displayName: invitation.displayName,
      role: invitation.role as Role,
      expiresAt: invitation.expiresAt,
      hasAccount: account !== null,
    };
  });
}
