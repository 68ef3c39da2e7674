import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { readExceptions } from "./record.ts";
import type { RemoveExceptionInput } from "./schema.ts";

/**
 * Takes an exception away: the usual hours hold again. It stays in the history.
 * @throws Conflict `stale` with the exception as it is now; NotFound, also when it was removed already
 */
export async function removeException(ctx: ClinicContext, { id, version }: RemoveExceptionInput): Promise<void> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const { count } = await db.scheduleException.updateMany({
      where: { clinicId, id, version, status: "active" },
      data: { status: "removed", version: version + 1 },
    });
    if (count === 0)
      throw await refuseStale(db, ctx, id, (await readExceptions(db, clinicId, { id, most: 1 }))[0] ?? null);
    await recordAudit(db, ctx, {
      event: "exception.removed",
      action: "D",
      entity: "ScheduleException",
      entityIds: [id],
      detail: { version: version + 1 },
    });
  });
}
