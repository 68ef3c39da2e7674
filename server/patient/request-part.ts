import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { groundOf } from "./ground.ts";
import { partPatients } from "./jobs.ts";
import type { patientVersionRef } from "./schema.ts";

/**
 * Asks that two records which were joined be two again: each gets back exactly what was its own; what was written since stays with the
 * one that stayed.
 * @throws Precondition `patient.partLater` when the one that stayed was itself joined to another since; Conflict `stale`; NotFound
 */
export async function requestPart(
  ctx: ClinicContext,
  { id, version }: z.output<typeof patientVersionRef>,
): Promise<{ version: number }> {
  requirePermission(ctx, "patient:merge");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const merge = await db.patientMerge.findFirst({ where: { clinicId, id } });
    if (!merge) throw notFound();
    const survivor = await db.patient.findFirst({ where: { clinicId, id: merge.patientId }, select: { status: true } });
    if (!survivor) throw notFound();
    if (survivor.status === "merged") throw precondition("patient.partLater");
    const { count } = await db.patientMerge.updateMany({
      where: { clinicId, id, version, status: "done" },
      data: { status: "undo-requested", undoneBy: ctx.user.id, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, merge && { lastUpdated: merge.lastUpdated });
    await enqueue(db, partPatients, { mergeId: id }, { clinicId });
    await recordAudit(db, ctx, {
      event: "patient.part-requested",
      action: "E",
      entity: "Patient",
      entityIds: [merge.patientId, merge.mergedId],
      patientId: merge.patientId,
      ground: groundOf(ctx),
      detail: { merge: id },
    });
    return { version: version + 1 };
  });
}
