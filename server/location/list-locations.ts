import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type LocationRecord, readLocations } from "./record.ts";

export function listLocations(ctx: ClinicContext): Promise<LocationRecord[]> {
  requirePermission(ctx, "location:list");
  return withStaff(ctx, (db) => readLocations(db, ctx.clinic.id));
}
