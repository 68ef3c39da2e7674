import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** The address of a clinic that has a provider's door open; null alike for any other. */
export async function slugOf(ctx: RequestContext, clinicId: string): Promise<string | null> {
  return withAuth({ clinicId }, ctx, async (db) => {
    const door = await db.oidcProvider.count({ where: { clinicId, enabled: true } });
    if (door === 0) return null;
    const clinic = await db.clinicRegistration.findFirst({ where: { clinicId }, select: { slug: true } });
    return clinic?.slug ?? null;
  });
}
