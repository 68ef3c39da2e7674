import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

export interface FoundClinic {
  readonly id: string;
  /** Today's address: another than the one asked for when the clinic has moved. */
  readonly slug: string;
  readonly name: string;
}

/** The clinic at an address, or at one that it had before. Null alike for none, a suspended one and one that waits for the host. */
export async function findClinic(ctx: RequestContext, slug: string): Promise<FoundClinic | null> {
  const known = await withAuth({ slug }, ctx, (db) =>
    db.slug.findFirst({ where: { slug }, select: { clinicId: true } }),
  );
  if (!known) return null;
  const { clinicId } = known;
  const clinic = await withAuth({ clinicId }, ctx, (db) =>
    db.clinicRegistration.findFirst({
      where: { clinicId, status: "approved" },
      select: { slug: true, displayName: true },
    }),
  );
  return clinic && { id: clinicId, slug: clinic.slug, name: clinic.displayName };
}
