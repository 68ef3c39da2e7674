import type { RequestContext } from "#server/context.ts";
import { readAsAuth } from "#server/db/with-auth.ts";

export interface FoundClinic {
  readonly id: string;
  /** Today's address: another than the one asked for when the clinic has moved. */
  readonly slug: string;
  readonly name: string;
}

/** The clinic at an address, or at one that it had before. Null alike for none, a suspended one and one that waits for the host. */
export async function findClinic(ctx: RequestContext, slug: string): Promise<FoundClinic | null> {
  const [known] = await readAsAuth<{ id: string }>({ slug }, ctx, {
    name: "chevet_slug",
    text: "select clinic_id as id from host.slug where slug = $1",
    values: [slug],
  });
  if (!known) return null;
  const [clinic] = await readAsAuth<FoundClinic>({ clinicId: known.id }, ctx, {
    name: "chevet_clinic",
    text: `select clinic_id as id, slug, display_name as name from host.clinic_registration where clinic_id = $1 and status = 'approved'`,
    values: [known.id],
  });
  return clinic ?? null;
}
