import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { nameSubjects } from "#server/audit/name-subjects.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { openPatients } from "./open-patients.ts";
import { lineOf, peopleOf, type RestrictionLine, viewClosedRestriction, viewRestriction } from "./record.ts";
import type { newestFirst } from "./schema.ts";

export interface LiveRestriction extends RestrictionLine {
  /** null when the patient is closed to this reader as well. */
  readonly patientName: string | null;
}

/** Every restriction that holds today in the clinic, newest first, one page at a time (AC-19). */
export async function listLiveRestrictions(
  ctx: ClinicContext,
  { before, most, refresh }: z.output<typeof newestFirst>,
): Promise<{ rows: LiveRestriction[]; next: string | null }> {
  requirePermission(ctx, "privacy:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const found = await db.restriction.findMany({
      where: { clinicId, endedAt: null, ...(before && { id: { lt: before } }) },
      orderBy: { id: "desc" },
      take: most + 1,
    });
    const shown = found.slice(0, most);
    const names = await nameSubjects(db, clinicId, {
      users: peopleOf(shown),
      subjects: shown.map(({ patientId }) => patientId),
    });
    const open = await openPatients(
      db,
      clinicId,
      shown.map(({ patientId }) => patientId),
    );
    const entityIds = shown.map(({ id }) => id);
    const entry = { event: "patient.restrictions-read", entity: "Restriction", entityIds };
    if (shown.length > 0) await recordRead(db, ctx, entry, { refresh });
    const rows = shown.map((row) => ({
      ...lineOf(ctx, open.has(row.patientId) ? viewRestriction(row) : viewClosedRestriction(row), names),
      patientName: names.get(row.patientId) ?? null,
    }));
    return { rows, next: found.length > most ? (shown.at(-1)?.id ?? null) : null };
  });
}
