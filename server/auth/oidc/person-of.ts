import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** Somebody as a provider knows them, in the one clinic that the provider is of. */
export interface Identity {
  readonly clinicId: string;
  readonly issuer: string;
  readonly subject: string;
}

/** Who linked themselves to this subject, while they are a member with an account; null otherwise, whatever the reason. */
export async function personOf(ctx: RequestContext, { clinicId, issuer, subject }: Identity): Promise<string | null> {
  const link = await withAuth({ clinicId }, ctx, (db) =>
    db.federatedIdentity.findFirst({ where: { clinicId, issuer, subject }, select: { userId: true } }),
  );
  if (!link) return null;
  const { userId } = link;
  const active = await withAuth({ userId }, ctx, async (db) => {
    const member = await db.membership.count({ where: { clinicId, userId, status: "active" } });
    const account = await db.user.count({ where: { id: userId, status: "active" } });
    return member === 1 && account === 1;
  });
  return active ? userId : null;
}
