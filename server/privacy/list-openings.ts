import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type OpeningView, readOpenings } from "./read-openings.ts";
import type { ListOpeningsInput } from "./schema.ts";

/**
 * Who opened whose chart, on what ground and what they read, newest first (AC-22, AC-24, OMRS-6): of one patient, by one person, or of
 * the whole clinic. Looking is itself a line of the journal, with what was looked for.
 */
export async function listOpenings(
  ctx: ClinicContext,
  { before, most, refresh, ...filter }: ListOpeningsInput,
): Promise<{ rows: OpeningView[]; next: string | null }> {
  requirePermission(ctx, "privacy:manage");
  return withStaff(ctx, async (db) => {
    const found = await readOpenings(db, ctx, filter, { before }, most + 1);
    const rows = found.slice(0, most);
    const { patientId, ...detail } = filter;
    const entry = { event: "privacy.openings-read", entity: "AuditEvent", patientId, detail: { ...detail } };
    await recordRead(db, ctx, entry, { refresh });
    return { rows, next: found.length > most ? (rows.at(-1)?.id ?? null) : null };
  });
}
