import { lowestId } from "#server/audit/lowest-id.ts";
import { nameSubjects } from "#server/audit/name-subjects.ts";
import type { ChartBasis } from "#server/chart/record.ts";
import type { OpeningReason } from "#server/chart/schema.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { join, type Sql, sql } from "#server/db/sql.ts";
import { openPatients } from "./open-patients.ts";
import { areaOf, type OpeningArea, openingAreas } from "./opening-areas.ts";
import type { InformationCategory, OpeningFilter } from "./schema.ts";

/** One opening: of whom, by whom, when, on what ground, with which words, and what was read and written of it until the next. */
export interface OpeningView {
  readonly id: string;
  readonly at: Date;
  readonly patientId: string;
  /** null when the patient is closed to this reader. */
  readonly patientName: string | null;
  readonly userId: string;
  readonly userName: string | null;
  readonly role: string | null;
  /** `preview`: the identity page, without the chart. */
  readonly ground: ChartBasis | "preview";
  /** Why, from the closed list, when a reason was asked for. */
  readonly reason: OpeningReason | null;
  /** As typed: beside the reason, or why the glass was broken. Empty when the patient is closed to this reader. */
  readonly words: string;
  /** Until when the broken glass lasted. */
  readonly glassUntil: Date | null;
  /** What the patient had closed to this person at that moment. */
  readonly restricted: readonly InformationCategory[];
  readonly read: readonly OpeningArea[];
  readonly wrote: readonly OpeningArea[];
}

type Row = Omit<OpeningView, "patientName" | "userName" | "words" | "read" | "wrote"> & {
  readonly sessionId: string | null;
  readonly note: string | null;
  readonly glassReason: string | null;
};

const dayMs = 86_400_000;
/** A chart left open is told again each hour: what is read later than this belongs to a later opening. */
const longestMs = 12 * 3_600_000;
/** Opening the chart, and the identity page that stands for whoever looks without opening it. */
const events = ["chart.opened", "patient.read"];

/** A page of openings, newest first before an id, or oldest first after one (an export walks that way). */
export type Place = { before?: string | undefined } | { after: string; until: string };

/**
 * Two statements for a page, whatever the journal holds: the openings themselves, each found by an index on what is filtered, and what
 * the same person did in that chart until they opened it again. The caller checks the permission and journals the reading.
 */
export async function readOpenings(
  db: Db,
  { clinic }: Pick<ClinicContext, "clinic">,
  filter: OpeningFilter,
  place: Place,
  limit: number,
): Promise<OpeningView[]> {
  const clinicId = clinic.id;
  const forward = "after" in place;
  const wanted = join([...conditions(filter, clinic.timeZone), ...bounds(place)], " and ");
  const rows = await db.$queryRaw<Row[]>`
    select e.id, e.recorded_at as at, e.patient_id as "patientId", e.agent_id as "userId", e.agent_role as role, e.session_id as "sessionId",
      case e.event when 'patient.read' then 'preview' else e.detail ->> 'basis' end as ground, o.reason, o.note, g.reason as "glassReason", g.expires_at as "glassUntil",
      array(select distinct r.category from clinic.restriction r
        where r.clinic_id = ${clinicId}::uuid and r.patient_id = e.patient_id and r.created_at <= e.recorded_at
          and (r.ended_at is null or r.ended_at > e.recorded_at) and (r.user_id = e.agent_id or r.role = e.agent_role)) as restricted
    from unnest(${filter.basis === "preview" ? [events[1]] : filter.basis ? [events[0]] : events}::text[]) as w (event)
    cross join lateral (
      select e.* from clinic.audit_event e
      where e.clinic_id = ${clinicId}::uuid and e.event = w.event and e.outcome = 'success' and e.patient_id is not null and e.agent_id is not null and ${wanted}
      order by e.id ${forward ? sql`asc` : sql`desc`} limit ${limit}) e
    left join lateral (
      select o.reason, o.note from clinic.chart_opening o
      where e.detail ->> 'basis' = 'declared' and o.clinic_id = ${clinicId}::uuid and o.author_id = e.agent_id and o.patient_id = e.patient_id
        and o.created_at <= e.recorded_at and o.expires_at > e.recorded_at order by o.id desc limit 1) o on true
    left join lateral (
      select g.reason, g.expires_at from clinic.break_glass g
      where e.detail ->> 'basis' = 'break-glass' and g.clinic_id = ${clinicId}::uuid and g.user_id = e.agent_id and g.patient_id = e.patient_id
        and g.created_at <= e.recorded_at and g.expires_at > e.recorded_at order by g.id desc limit 1) g on true
    order by e.id ${forward ? sql`asc` : sql`desc`} limit ${limit}`;
  if (rows.length === 0) return [];
  const done = await readTouched(
    db,
    clinicId,
    rows.map((row) => ({ ...row, until: new Date(row.at.getTime() + longestMs) })),
  );
  const ids = [...new Set(rows.map(({ patientId }) => patientId))];
  const users = [...new Set(rows.map(({ userId }) => userId))];
  const names = await nameSubjects(db, clinicId, { users, subjects: ids });
  const open = await openPatients(db, clinicId, ids);
  return rows.map(({ sessionId: _session, note, glassReason, ...row }) => ({
    ...row,
    patientName: names.get(row.patientId) ?? null,
    userName: names.get(row.userId) ?? null,
    words: open.has(row.patientId) ? (glassReason ?? note ?? "") : "",
    read: done.get(row.id)?.read ?? [],
    wrote: done.get(row.id)?.wrote ?? [],
  }));
}

interface Anchor {
  readonly id: string;
  readonly patientId: string;
  readonly userId: string;
  /** In this session, until they open the chart again; null: in any, until `until`. */
  readonly sessionId: string | null;
  readonly until: Date;
}

export interface Touched {
  readonly read: readonly OpeningArea[];
  readonly wrote: readonly OpeningArea[];
}

/** What each person did in each chart from these moments on, in one statement. */
export async function readTouched(db: Db, clinicId: string, anchors: readonly Anchor[]): Promise<Map<string, Touched>> {
  const found = await db.$queryRaw<{ id: string; events: string[] }[]>`
    select o.id, array(
      select distinct r.action || ' ' || r.event from clinic.audit_event r
      where r.clinic_id = ${clinicId}::uuid and r.patient_id = o.patient and r.agent_id = o.agent and (o.session is null or r.session_id = o.session)
        and r.outcome = 'success' and r.id >= o.id and r.id < coalesce((
          select n.id from clinic.audit_event n
          where n.clinic_id = ${clinicId}::uuid and n.patient_id = o.patient and n.agent_id = o.agent and n.session_id = o.session
            and n.event = any(${events}::text[]) and n.id > o.id and n.id < o.until order by n.id limit 1), o.until)) as events
    from unnest(${anchors.map(({ id }) => id)}::uuid[], ${anchors.map(({ patientId }) => patientId)}::uuid[], ${anchors.map(({ userId }) => userId)}::uuid[],
      ${anchors.map(({ sessionId }) => sessionId)}::uuid[], ${anchors.map(({ until }) => lowestId(until.getTime()))}::uuid[]) as o (id, patient, agent, session, until)`;
  return new Map(found.map(({ id, events: told }) => [id, areasOf(told)]));
}

function areasOf(told: readonly string[]): Touched {
  const of = (wrote: boolean) => {
    const areas = new Set(told.filter((one) => !one.startsWith("R ") === wrote).map((one) => areaOf(one.slice(2))));
    return openingAreas.filter((area) => areas.has(area));
  };
  return { read: of(false), wrote: of(true) };
}

function conditions({ patientId, userId, basis, from, to }: OpeningFilter, timeZone: string): Sql[] {
  const found: Sql[] = [sql`true`];
  // Ids are in the order of time but made by our clocks: they bound the search by a day more, the recorded time decides.
  if (from) {
    found.push(sql`e.id >= ${lowestId(Date.parse(from) - dayMs)}::uuid`);
    found.push(sql`e.recorded_at >= (${from}::date::timestamp at time zone ${timeZone})`);
  }
  if (to) {
    found.push(sql`e.id < ${lowestId(Date.parse(to) + 3 * dayMs)}::uuid`);
    found.push(sql`e.recorded_at < ((${to}::date + 1)::timestamp at time zone ${timeZone})`);
  }
  if (patientId) found.push(sql`e.patient_id = ${patientId}::uuid`);
  if (userId) found.push(sql`e.agent_id = ${userId}::uuid`);
  if (basis && basis !== "preview") found.push(sql`e.detail ->> 'basis' = ${basis}`);
  return found;
}

function bounds(place: Place): Sql[] {
  if ("after" in place) return [sql`e.id > ${place.after}::uuid`, sql`e.id <= ${place.until}::uuid`];
  return place.before ? [sql`e.id < ${place.before}::uuid`] : [];
}
