import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readServices, type ServiceRecord } from "./record.ts";
import type { ListServicesInput } from "./schema.ts";

export interface ServicePage {
  readonly rows: ServiceRecord[];
  /** What to ask the next page with; null on the last one. */
  readonly after: string | null;
}

export async function listServices(ctx: ClinicContext, input: ListServicesInput): Promise<ServicePage> {
  requirePermission(ctx, "schedule:read");
  const found = await withStaff(ctx, (db) => readServices(db, ctx.clinic.id, { ...input, most: input.most + 1 }));
  const rows = found.slice(0, input.most);
  return { rows, after: found.length > input.most ? (rows.at(-1)?.id ?? null) : null };
}
