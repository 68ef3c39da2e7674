import { requirePermission } from "#server/access/require-permission.ts";
import { nameSubjects } from "#server/audit/name-subjects.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { openPatients } from "./open-patients.ts";
import { lineOf, peopleOf, type RestrictionLine, viewClosedRestriction, viewRestriction } from "./record.ts";

/** A patient's restrictions, live and ended, newest first; at most 100. */
export async function listRestrictions(
  ctx: ClinicContext,
  { patientId }: { patientId: string },
): Promise<RestrictionLine[]> {
  requirePermission(ctx, "patient:restrict");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.restriction.findMany({
      where: { clinicId, patientId },
      orderBy: { id: "desc" },
      take: 100,
    });
    if (rows.length === 0) return [];
    await recordAudit(db, ctx, {
      event: "patient.restrictions-read",
      action: "R",
      entity: "Restriction",
      entityIds: rows.map(({ id }) => id),
      patientId,
    });
    const open = await openPatients(db, clinicId, [patientId]);
    const names = await nameSubjects(db, clinicId, { users: peopleOf(rows), subjects: [] });
    const view = open.has(patientId) ? viewRestriction : viewClosedRestriction;
    return rows.map((row) => lineOf(ctx, view(row), names));
  });
}
