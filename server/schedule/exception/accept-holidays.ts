import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { readHolidays } from "./propose-holidays.ts";
import type { AcceptHolidaysInput } from "./schema.ts";
import { zonesOf } from "./zones-of.ts";

/**
 * Closes the clinic on these holidays, everywhere and all day. A day that is closed already stays as it is, so that sent twice it
 * is done once.
 * @returns how many days were closed by this call
 * @throws Invalid beside `dates` when one of them is no holiday of the next eighteen months
 */
export async function acceptHolidays(ctx: ClinicContext, { dates }: AcceptHolidaysInput): Promise<{ closed: number }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const proposed = new Map((await readHolidays(db, ctx)).map((one) => [one.date, one]));
    if (dates.some((date) => !proposed.has(date))) throw invalid("invalid", { dates: "schedule.noHoliday" });
    const left = [...new Set(dates)].filter((date) => !proposed.get(date)?.closed);
    if (left.length === 0) return { closed: 0 };
    const places = await zonesOf(db, clinicId, ctx.clinic.timeZone);
    const rows = left.flatMap((date) =>
      places.map((place) => ({
        clinicId,
        ...place,
        id: newId(),
        kind: "closed",
        reason: "holiday",
        fromDate: new Date(`${date}T00:00:00Z`),
        untilDate: new Date(`${date}T00:00:00Z`),
      })),
    );
    await db.scheduleException.createMany({ data: rows });
    await recordAudit(db, ctx, {
      event: "exception.added",
      action: "C",
      entity: "ScheduleException",
      entityIds: rows.map(({ id }) => id),
      detail: { reason: "holiday" },
    });
    return { closed: left.length };
  });
}
