import type { UserContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

export interface MyLink {
  readonly slug: string;
  readonly clinic: string;
  /** What the clinic calls its provider; null when its door is shut now. */
  readonly label: string | null;
  readonly linkedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** The providers of this person's clinics, and whether the person is linked to each; at most 50 clinics, oldest first. */
export async function listLinks(ctx: UserContext): Promise<MyLink[]> {
  const userId = ctx.user.id;
  const mine = await withAuth({ userId }, ctx, (db) =>
    db.membership.findMany({
      where: { userId, status: "active" },
      orderBy: { createdAt: "asc" },
      take: 50,
      select: { clinicId: true },
    }),
  );
  const links: MyLink[] = [];
  for (const { clinicId } of mine) {
    const link = await readLink(ctx, clinicId);
    if (link) links.push(link);
  }
  return links;
}

/** Null for a clinic that has no provider and never had a link with this person. */
function readLink(ctx: UserContext, clinicId: string): Promise<MyLink | null> {
  const userId = ctx.user.id;
  return withAuth({ clinicId, userId }, ctx, async (db) => {
    const provider = await db.oidcProvider.findFirst({
      where: { clinicId },
      select: { issuer: true, label: true, enabled: true },
    });
    if (!provider) return null;
    const link = await db.federatedIdentity.findFirst({
      where: { clinicId, userId, issuer: provider.issuer },
      select: { linkedAt: true, lastUsedAt: true },
    });
    const clinic = await db.clinicRegistration.findFirst({
      where: { clinicId },
      select: { slug: true, displayName: true },
    });
    if (!clinic || !(provider.enabled || link)) return null;
    return {
      slug: clinic.slug,
      clinic: clinic.displayName,
      label: provider.enabled ? provider.label : null,
      linkedAt: link?.linkedAt ?? null,
      lastUsedAt: link?.lastUsedAt ?? null,
    };
  });
}
