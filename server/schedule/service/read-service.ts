import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { readServices, type ServiceRecord } from "./record.ts";

/** One service, in use or not. @throws NotFound */
export async function readService(ctx: ClinicContext, { id }: { id: string }): Promise<ServiceRecord> {
  requirePermission(ctx, "schedule:read");
  const [service] = await withStaff(ctx, (db) => readServices(db, ctx.clinic.id, { id, most: 1 }));
  if (!service) throw notFound();
  return service;
}
