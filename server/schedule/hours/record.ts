import type { Db } from "#server/db/database.ts";
import type { HoursRule } from "./schema.ts";

/** One week: what is open and closed at a location, for somebody or for the location itself. */
export interface HoursWeek {
  readonly locationId: string;
  /** Moves with every saving of this week: a saving is judged against it. */
  readonly stamp: string;
  readonly lastUpdated: Date;
  readonly rules: HoursRule[];
}

/** The weeks of a resource (null: of the locations themselves), one for each location in service or that has hours. */
export async function readWeeks(
  db: Db,
  clinicId: string,
  resourceId: string | null,
  locationId?: string,
): Promise<HoursWeek[]> {
  const places = await db.location.findMany({
    where: { clinicId, ...(locationId && { id: locationId }) },
    orderBy: [{ status: "asc" }, { name: "asc" }],
    select: { id: true, status: true },
    take: 200,
  });
  // Removed ones too: taking hours away is a change of the week.
  const rows = await db.scheduleRule.findMany({
    where: { clinicId, resourceId, ...(locationId && { locationId }) },
    orderBy: [{ weekday: "asc" }, { fromMinute: "asc" }, { id: "asc" }],
  });
  const weeks = places.map(({ id, status }) => {
    const all = rows.filter((row) => row.locationId === id);
    return {
      locationId: id,
      status,
      stamp: String(
        all
          .map(({ changeNumber }) => changeNumber)
          .sort(byNumber)
          .at(-1) ?? 0n,
      ),
      lastUpdated: new Date(Math.max(0, ...all.map(({ lastUpdated }) => lastUpdated.getTime()))),
      rules: all.filter((row) => row.status === "active").map(toRule),
    };
  });
  return weeks
    .filter(({ status, rules }) => status === "active" || rules.length > 0)
    .map(({ status: _, ...week }) => week);
}

const byNumber = (one: bigint, other: bigint) => Number(one - other);

type Row = Awaited<ReturnType<Db["scheduleRule"]["findMany"]>>[number];

const toRule = (row: Row): HoursRule => ({
  id: row.id,
  kind: row.kind as HoursRule["kind"],
  weekday: row.weekday,
  fromMinute: row.fromMinute,
  untilMinute: row.untilMinute,
  serviceId: row.serviceId,
  newPatients: row.newPatients,
  validFrom: row.validFrom.toISOString().slice(0, 10),
  validUntil: row.validUntil?.toISOString().slice(0, 10) ?? null,
  everyWeeks: row.everyWeeks,
});
