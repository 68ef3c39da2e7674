import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { readExceptions } from "./record.ts";
import type { ChangeExceptionInput } from "./schema.ts";

/**
 * Other days or hours for an exception. Whose it is, where and why stay.
 * @throws Conflict `stale` with the exception as it is now; Invalid beside its field; NotFound, also when it was removed
 */
export async function changeException(ctx: ClinicContext, input: ChangeExceptionInput): Promise<{ version: number }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { id, version, title, fromDate, fromMinute, untilDate, untilMinute } = input;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const [now] = await readExceptions(db, clinicId, { id, most: 1 });
    if (now?.kind === "open" && untilDate !== fromDate) throw invalid("invalid", { untilDate: "schedule.extraOneDay" });
    const { count } = await db.scheduleException.updateMany({
      where: { clinicId, id, version, status: "active" },
      data: {
        title,
        fromDate: new Date(`${fromDate}T00:00:00Z`),
        fromMinute,
        untilDate: new Date(`${untilDate}T00:00:00Z`),
        untilMinute,
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, now ?? null);
    await recordAudit(db, ctx, {
      event: "exception.changed",
      action: "U",
      entity: "ScheduleException",
      entityIds: [id],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
