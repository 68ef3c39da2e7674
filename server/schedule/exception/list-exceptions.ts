import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type ExceptionRecord, readExceptions } from "./record.ts";
import type { ListExceptionsInput } from "./schema.ts";

export interface ExceptionPage {
  readonly rows: ExceptionRecord[];
  /** What to ask the next page with; null on the last one. */
  readonly after: string | null;
}

/** What is not over, the next first. */
export async function listExceptions(ctx: ClinicContext, input: ListExceptionsInput): Promise<ExceptionPage> {
  requirePermission(ctx, "schedule:read");
  const { most } = input;
  const found = await withStaff(ctx, (db) =>
    readExceptions(db, ctx.clinic.id, { ...input, since: new Date(), most: most + 1 }),
  );
  const rows = found.slice(0, most);
  return { rows, after: found.length > most ? (rows.at(-1)?.id ?? null) : null };
}
