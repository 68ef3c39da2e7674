import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { type Holiday, quebecHolidays } from "./quebec-holidays.ts";

/** How far ahead holidays are proposed. */
const MONTHS = 18;

export interface ProposedHoliday extends Holiday {
  /** The clinic is closed that day already. */
  readonly closed: boolean;
  /** Sittings that are booked that day, group or visit: they do not move by themselves. */
  readonly visits: number;
}

/** The statutory holidays of the next eighteen months, with what the clinic has decided and booked. */
export async function proposeHolidays(ctx: ClinicContext): Promise<ProposedHoliday[]> {
  requirePermission(ctx, "schedule:read");
  return withStaff(ctx, (db) => readHolidays(db, ctx));
}

/** The same inside a transaction. */
export async function readHolidays(db: Db, ctx: ClinicContext): Promise<ProposedHoliday[]> {
  const clinicId = ctx.clinic.id;
  const today = todayIn(ctx.clinic.timeZone);
  const year = Number(today.slice(0, 4));
  const last = new Date(`${today}T00:00:00Z`);
  last.setUTCMonth(last.getUTCMonth() + MONTHS);
  const until = last.toISOString().slice(0, 10);
  const sundays = await db.scheduleRule.findFirst({
    where: { clinicId, status: "active", kind: "open", weekday: 7, resourceId: { not: null } },
    select: { id: true },
  });
  const days = [year, year + 1, year + 2]
    .flatMap((one) => quebecHolidays(one, sundays !== null))
    .filter(({ date }) => date >= today && date <= until);
  const rows = await db.$queryRaw<{ date: string; closed: boolean; visits: number }[]>`
    select d.day::text as date,
      exists (select from clinic.location l where l.clinic_id = ${clinicId}::uuid and l.status = 'active') and not exists (
        select from clinic.location l where l.clinic_id = ${clinicId}::uuid and l.status = 'active' and not exists (
          select from clinic.schedule_exception e
          where e.clinic_id = ${clinicId}::uuid and e.status = 'active' and e.kind = 'closed' and e.resource_id is null
            and (e.location_id is null or e.location_id = l.id)
            and (e.from_date, e.from_minute) <= (d.day, 0) and (e.until_date + (e.until_minute = 1440)::int) > d.day)) as closed,
      (select count(*) from clinic.sitting s
        where s.clinic_id = ${clinicId}::uuid and s.local_date = d.day and s.kind <> 'block' and s.status = 'booked'
          and s.starts_at between d.day::timestamp - interval '2 days' and d.day::timestamp + interval '3 days')::int as visits
    from unnest(${days.map(({ date }) => date)}::date[]) as d (day)`;
  const known = new Map(rows.map((row) => [row.date, row]));
  return days.map((day) => ({
    ...day,
    closed: known.get(day.date)?.closed ?? false,
    visits: known.get(day.date)?.visits ?? 0,
  }));
}
