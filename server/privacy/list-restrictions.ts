import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { openPatients } from "./open-patients.ts";
import { type RestrictionView, viewClosedRestriction, viewRestriction } from "./record.ts";

/** A patient's restrictions, live and ended, newest first; at most 100. */
export async function listRestrictions(
  ctx: ClinicContext,
  { patientId }: { patientId: string },
): Promise<RestrictionView[]> {
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
    return rows.map(open.has(patientId) ? viewRestriction : viewClosedRestriction);
  });
}
