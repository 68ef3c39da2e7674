import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, notFound } from "#server/errors.ts";
import { openPatients } from "./open-patients.ts";
import { type RestrictionView, viewClosedRestriction, viewRestriction } from "./record.ts";
import type { EndRestrictionInput } from "./schema.ts";

/**
 * The patient takes a restriction back. The row stays, with the day and the reason.
 * @throws Forbidden for whoever the restriction names: nobody opens for themselves what a patient closed to them;
 *   Conflict `stale` (details: current); NotFound
 */
export async function endRestriction(ctx: ClinicContext, input: EndRestrictionInput): Promise<RestrictionView> {
  requirePermission(ctx, "patient:restrict");
  const { id, version, reason } = input;
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const before = await db.restriction.findFirst({ where: { clinicId, id } });
    if (!before) throw notFound();
    if (before.userId === ctx.user.id || before.role === ctx.membership.role) throw forbidden();
    const open = await openPatients(db, clinicId, [before.patientId]);
    const view = open.has(before.patientId) ? viewRestriction : viewClosedRestriction;
    const { count } = await db.restriction.updateMany({
      where: { clinicId, id, version, endedAt: null },
      data: { endedAt: new Date(), endReason: reason, version: { increment: 1 } },
    });
    if (count === 0) throw conflict("stale", { current: view(before) });
    const after = await db.restriction.findFirstOrThrow({ where: { clinicId, id } });
    await recordAudit(db, ctx, {
      event: "patient.restriction-ended",
      action: "U",
      entity: "Restriction",
      entityIds: [id],
      patientId: before.patientId,
      ground: "patient-request",
    });
    return view(after);
  });
}
