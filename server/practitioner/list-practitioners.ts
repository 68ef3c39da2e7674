import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type PractitionerRecord, readPractitioners } from "./record.ts";
import type { ListPractitionersInput } from "./schema.ts";

export interface PractitionerPage {
  readonly rows: PractitionerRecord[];
  /** What to ask the next page with; null on the last one. */
  readonly after: string | null;
}

export async function listPractitioners(ctx: ClinicContext, input: ListPractitionersInput): Promise<PractitionerPage> {
  requirePermission(ctx, "practitioner:list");
  const found = await withStaff(ctx, (db) => readPractitioners(db, ctx.clinic.id, input));
  const rows = found.slice(0, input.most);
  return { rows, after: found.length > input.most ? (rows.at(-1)?.id ?? null) : null };
}
