import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";

export interface ClinicAddress {
  readonly slug: string;
  /** Addresses that the clinic had and may take back, the latest first. */
  readonly former: readonly string[];
  /** The registration's. */
  readonly version: number;
}

/** The clinic's public address, and those it had. */
export function readAddress(ctx: ClinicContext): Promise<ClinicAddress> {
  requirePermission(ctx, "clinic:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const registration = await db.clinicRegistration.findFirst({
      where: { clinicId },
      select: { slug: true, version: true },
    });
    if (!registration) throw notFound();
    const former = await db.slug.findMany({
      where: { clinicId, current: false },
      orderBy: { createdAt: "desc" },
      select: { slug: true },
      take: 20,
    });
    return { ...registration, former: former.map(({ slug }) => slug) };
  });
}
