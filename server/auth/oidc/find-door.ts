import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

export interface ClinicDoor {
  readonly clinicId: string;
  readonly slug: string;
  /** What the clinic calls its provider: « Connexion de la clinique ». */
  readonly label: string;
}

/**
 * The provider's door of the clinic at this address. Null alike for no such clinic, a suspended one, one without a
 * provider and one whose door is shut: whoever asks learns whether there is a door to knock at, and nothing else.
 */
export async function findDoor(ctx: RequestContext, slug: string): Promise<ClinicDoor | null> {
  const clinic = await withAuth({ slug }, ctx, (db) =>
    db.clinicRegistration.findFirst({ where: { slug, status: { not: "suspended" } }, select: { clinicId: true } }),
  );
  if (!clinic) return null;
  const { clinicId } = clinic;
  const door = await withAuth({ clinicId }, ctx, (db) =>
    db.oidcProvider.findFirst({ where: { clinicId, enabled: true }, select: { label: true } }),
  );
  return door && { clinicId, slug, label: door.label };
}
