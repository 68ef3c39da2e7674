import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { join, type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { DisplacedReason, ListDisplacedInput } from "./schema.ts";

export interface DisplacedVisit {
  /** The sitting's. */
  readonly id: string;
  readonly startsAt: Date;
  readonly timeZone: string;
  readonly serviceName: string;
  readonly locationName: string;
  /** Whose column of the agenda it stands in. */
  readonly resourceId: string;
  readonly why: DisplacedReason[];
  readonly people: { readonly patientId: string | null; readonly name: string }[];
}

export interface DisplacedPage {
  readonly rows: DisplacedVisit[];
  /** What to ask the next page with; null on the last one. */
  readonly after: string | null;
}

/**
 * The visits to come that no longer fit, the first to come first, with every reason: who gives them has left, hours were changed, a
 * leave or a closure came since. What was booked over the rules on purpose fits, unless the closure is younger than the booking.
 * Leaves one line in the journal with whose visits were shown.
 */
export async function listDisplaced(ctx: ClinicContext, input: ListDisplacedInput): Promise<DisplacedPage> {
  requirePermission(ctx, "appointment:read");
  const { most, refresh } = input;
  return withStaff(ctx, async (db) => {
    const found = await db.$queryRaw<Omit<DisplacedVisit, "people">[]>(displacedVisits(ctx.clinic.id, input));
    const shown = found.slice(0, most);
    const people = await readPeople(
      db,
      ctx.clinic.id,
      shown.map(({ id }) => id),
    );
    const rows = shown.map((row) => ({ ...row, people: people.get(row.id) ?? [] }));
    const patients = rows.flatMap((row) => row.people.flatMap(({ patientId }) => patientId ?? []));
    const entry = { event: "schedule.displaced-read", entity: "Patient", entityIds: [...new Set(patients)] };
    if (patients.length > 0) await recordRead(db, ctx, entry, { refresh });
    return { rows, after: found.length > most ? (rows.at(-1)?.id ?? null) : null };
  });
}

/**
 * Wall time against wall time for weekly hours; instants against instants for what happens once.
 * @param among the sittings to judge: those that may be displaced, or all (`tests/database/schedule/displaced.test.ts` compares the two).
 */
export function displacedVisits(
  clinicId: string,
  { after, most }: { after?: string | undefined; most: number },
  among: "suspects" | "all" = "suspects",
): Sql {
  const suspected =
    among === "all" ? sql`true` : sql`s.id = any (array(select clinic.displaced_suspects(${clinicId}::uuid)))`;
  const clinic = sql`${clinicId}::uuid`;
  const from = after
    ? sql`(s.starts_at, s.id) > (select c.starts_at, c.id from clinic.sitting c where c.clinic_id = ${clinic} and c.id = ${after}::uuid)`
    : sql`true`;
  const inForce = sql`r.clinic_id = ${clinic} and r.location_id = s.location_id and r.status = 'active'
    and r.weekday = extract(isodow from s.local_date) and r.valid_from <= s.local_date and (r.valid_until is null or r.valid_until >= s.local_date)
    and (r.service_id is null or r.service_id = s.service_id)
    and ((date_trunc('week', s.local_date)::date - date_trunc('week', r.valid_from)::date) / 7) % r.every_weeks = 0`;
  // Short lists, made once, and not a look at all of the clinic's resources for each of a year's visits.
  const gone = sql`array(select e.id from clinic.resource e left join clinic.practitioner p on p.clinic_id = ${clinic} and p.id = e.practitioner_id
    where e.clinic_id = ${clinic} and (e.status <> 'active' or p.status <> 'active'))`;
  const practitioners = sql`array(select e.id from clinic.resource e where e.clinic_id = ${clinic} and e.kind = 'practitioner')`;
  const closing = sql`array(select distinct r.resource_id from clinic.schedule_rule r
    where r.clinic_id = ${clinic} and r.resource_id is not null and r.status = 'active' and r.kind = 'closed' and not r.new_patients)`;
  const reasons = [
    sql`case when l.status <> 'active' then 'location' end`,
    sql`case when h.status <> 'active' then 'service' end`,
    sql`case when x.taken && g.gone then 'resource' end`,
    sql`case when s.kind = 'visit' and exists (
        select from clinic.service_requirement q where q.clinic_id = ${clinic} and q.service_id = s.service_id and q.rank = 1)
      and not exists (
        select from clinic.service_requirement q join clinic.service_candidate c on c.clinic_id = ${clinic} and c.requirement_id = q.id
        where q.clinic_id = ${clinic} and q.service_id = s.service_id and c.resource_id = s.resource_id) then 'notGiven' end`,
    sql`case when not x.meant and exists (
      select from clinic.occupancy o where o.clinic_id = ${clinic} and o.sitting_id = s.id and o.resource_id = any (g.practitioners)
        and not exists (select from clinic.schedule_rule r where ${inForce} and r.resource_id = o.resource_id and r.kind = 'open'
          and r.from_minute <= s.local_minute and r.until_minute >= x.until_minute)
        and not exists (select from clinic.schedule_exception t where t.clinic_id = ${clinic} and t.status = 'active' and t.kind = 'open'
          and t.resource_id = o.resource_id and t.location_id = s.location_id and t.starts_at <= s.starts_at and t.ends_at >= s.ends_at)) then 'hours' end`,
    sql`case when not x.meant and x.taken && g.closing and exists (
      select from clinic.schedule_rule r join clinic.occupancy o on o.clinic_id = ${clinic} and o.sitting_id = s.id and o.resource_id = r.resource_id
      where ${inForce} and r.kind = 'closed' and not r.new_patients
        and r.from_minute < x.until_minute and r.until_minute > s.local_minute) then 'blocked' end`,
  ];
  return sql`
    select s.id, s.starts_at as "startsAt", s.time_zone as "timeZone", h.name as "serviceName", l.name as "locationName",
      s.resource_id as "resourceId", w.why
    from (
      select s.* from clinic.sitting s
      where s.clinic_id = ${clinic} and s.starts_at > now() and s.status = 'booked' and s.kind <> 'block' and ${from} and ${suspected}
      -- The first to come are judged first, and no more than are asked for.
      order by s.starts_at, s.id offset 0
    ) s
    join clinic.location l on l.clinic_id = ${clinic} and l.id = s.location_id
    join clinic.healthcare_service h on h.clinic_id = ${clinic} and h.id = s.service_id
    cross join (select ${gone} as gone, ${practitioners} as practitioners, ${closing} as closing) g
    cross join lateral (
      select coalesce(array_agg(o.resource_id), '{}') as taken, coalesce(bool_or(not o.blocking), false) as meant,
        s.local_minute + ceil(extract(epoch from (s.ends_at at time zone s.time_zone) - (s.starts_at at time zone s.time_zone)) / 60)::int as until_minute
      from clinic.occupancy o where o.clinic_id = ${clinic} and o.sitting_id = s.id
    ) x
    cross join lateral (
      select array_remove(array[${join(reasons, ", ")}], null) || array(
        select distinct t.reason from clinic.schedule_exception t
        where t.clinic_id = ${clinic} and t.status = 'active' and t.kind = 'closed' and t.ends_at > s.starts_at and t.starts_at < s.ends_at
          and (t.location_id is null or t.location_id = s.location_id) and (not x.meant or t.last_updated > s.last_updated)
          and (t.resource_id is null or t.resource_id = any (x.taken))
        order by 1) as why
    ) w
    where cardinality(w.why) > 0
    order by s.starts_at, s.id limit ${most + 1}`;
}

/** Who is expected in each sitting, as far as this person may see them. */
async function readPeople(
  db: Db,
  clinicId: string,
  sittingIds: string[],
): Promise<Map<string, DisplacedVisit["people"][number][]>> {
  const name = { familyName: true, givenName: true } as const;
  const rows = await db.appointment.findMany({
    where: { clinicId, sittingId: { in: sittingIds }, status: { notIn: ["cancelled", "entered-in-error"] } },
    orderBy: { id: "asc" },
    select: { sittingId: true, patientId: true, patientRef: { select: name }, requestRef: { select: name } },
  });
  const people = new Map<string, DisplacedVisit["people"][number][]>();
  for (const { sittingId, patientId, patientRef, requestRef } of rows) {
    const person = patientRef ?? requestRef;
    if (!person) continue;
    const list = people.get(sittingId) ?? [];
    list.push({ patientId, name: `${person.givenName} ${person.familyName}` });
    people.set(sittingId, list);
  }
  return people;
}
