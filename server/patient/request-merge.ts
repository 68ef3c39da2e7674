import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { groundOf } from "./ground.ts";
import { mergePatients } from "./jobs.ts";
import type { MergeInput } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/**
 * Asks that two records of one person become one. The worker carries it out, since a record holds rows that this person may not see.
 * Sent twice with one id, once.
 * @throws Conflict `stale` when either changed since it was compared; Precondition `patient.mergeClosed` where a restriction closes part
 *   of either to this person, `patient.notLive` for a record that is no longer in use; NotFound
 */
export async function requestMerge(ctx: ClinicContext, input: MergeInput): Promise<{ id: string }> {
  requirePermission(ctx, "patient:merge");
  const clinicId = ctx.clinic.id;
  const { id, survivorId, survivorVersion, mergedId, mergedVersion, reason } = input;
  const outcome = await withStaff(ctx, async (db) => {
    const mine = { clinicId, id, authorId: ctx.user.id };
    if (await db.patientMerge.findFirst({ where: mine, select: { id: true } })) return { id };
    const rows = await db.patient.findMany({
      where: { clinicId, id: { in: [survivorId, mergedId] } },
      select: { id: true, status: true, version: true },
    });
    const [survivor, merged] = [survivorId, mergedId].map((one) => rows.find((row) => row.id === one));
    if (!survivor || !merged) throw notFound();
    await refuseClosed(db, [survivorId, mergedId]);
    if (survivor.version !== survivorVersion) return staleRecord(db, ctx, survivorId);
    if (merged.version !== mergedVersion) return staleRecord(db, ctx, mergedId);
    for (const { status } of [survivor, merged])
      if (status !== "active" && status !== "inactive") throw precondition("patient.notLive");
    await db.patientMerge.createMany({
      data: {
        ...mine,
        patientId: survivorId,
        mergedId,
        reason,
        patientVersion: survivorVersion,
        mergedVersion,
        mergedStatus: merged.status,
      },
    });
    await enqueue(db, mergePatients, { mergeId: id }, { clinicId });
    await recordAudit(db, ctx, {
      event: "patient.merge-requested",
      action: "E",
      entity: "Patient",
      entityIds: [survivorId, mergedId],
      patientId: survivorId,
      ground: groundOf(ctx),
      detail: { merge: id },
    });
    return { id };
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** What this person may not see whole, they may not decide about. */
async function refuseClosed(db: Db, ids: readonly string[]): Promise<void> {
  const [row] = await db.$queryRaw<{ denied: string | null }[]>`select current_setting('app.denied', true) as denied`;
  if (ids.some((id) => row?.denied?.includes(`${id}:`))) throw precondition("patient.mergeClosed");
}
