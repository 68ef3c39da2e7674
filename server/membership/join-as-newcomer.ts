import { recordIdentityEvent } from "#server/auth/journal/record-identity-event.ts";
import { checkPassword } from "#server/auth/password/check-password.ts";
import { hashPassword } from "#server/auth/password/hash-password.ts";
import { hashToken } from "#server/auth/read-session.ts";
import type { RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { conflict, precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import type { JoinInput } from "./schema.ts";
import { takePlace } from "./take-place.ts";

export interface Joined {
  readonly userId: string;
  readonly slug: string;
}

/**
 * Accepts an invitation as somebody who has no account: makes it, its address verified by the link itself, and takes the place,
 * all or nothing.
 * @throws Precondition `invitationGone`, `invitationUsed`; Conflict `invitationHasAccount`; Invalid beside `password`; LimitReached
 */
export async function joinAsNewcomer(ctx: RequestContext, input: JoinInput): Promise<Joined> {
  await consumeLimit("invitation-address", addressKey(ctx.origin.address));
  const tokenHash = hashToken(input.token);
  const invitation = await withAuth({ tokenHash }, ctx, (db) => db.invitation.findFirst({}));
  if (!invitation || invitation.revokedAt) throw precondition("invitationGone");
  const { clinicId, email } = invitation;
  const { displayName } = input;
  checkPassword(input.password, [displayName, email]);
  const passwordHash = await hashPassword(input.password);
  const userId = newId();
  const slug = await withAuth({ userId, tokenHash, clinicId, email }, ctx, async (db) => {
    const known = await db.user.count({ where: { email } });
    if (known > 0 && !invitation.acceptedAt) throw conflict("invitationHasAccount");
    if (known > 0) throw precondition("invitationUsed");
    const now = new Date();
    await db.user.createMany({
      data: {
        id: userId,
        email,
        emailVerifiedAt: now,
        displayName,
        locale: ctx.locale,
        passwordHash,
        passwordChangedAt: now,
      },
    });
    await takePlace(db, clinicId, { userId, displayName, email });
    await recordIdentityEvent(db, ctx, { event: "account.created", userId, clinicId });
    return slugOf(db, clinicId);
  });
  return { userId, slug };
}

/** Where the clinic lives now. */
export async function slugOf(db: Parameters<typeof takePlace>[0], clinicId: string): Promise<string> {
  const clinic = await db.clinicRegistration.findFirst({ where: { clinicId }, select: { slug: true } });
  if (!clinic) throw precondition("invitationGone");
  return clinic.slug;
}
