import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { type HoursWeek, readWeeks } from "./record.ts";

/** The weeks of a practitioner, or with null the opening hours of the locations. @throws NotFound */
export async function readHours(
  ctx: ClinicContext,
  { resourceId }: { resourceId: string | null },
): Promise<HoursWeek[]> {
  requirePermission(ctx, "schedule:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (resourceId && !(await db.resource.findFirst({ where: { clinicId, id: resourceId }, select: { id: true } })))
      throw notFound();
    return readWeeks(db, clinicId, resourceId);
  });
}
