import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { join, type Sql, sql } from "#server/db/sql.ts";
import { lowestId } from "./lowest-id.ts";
import { nameSubjects } from "./name-subjects.ts";
import type { AuditEventRecord } from "./record.ts";
import type { AuditFilter } from "./schema.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Names of a list's every entry would be a second list: a line shows the first ones, and how many there were. */
const NAMED_PER_LINE = 10;

type Row = Omit<AuditEventRecord, "entities" | "patient" | "agent" | "seq"> & {
  entityIds: string[];
  patientId: string | null;
  agentId: string | null;
  seq: bigint | null;
};

/** Where a page begins: newest first before an id, or oldest first after one (an export walks that way). */
export type Place = { before?: string | undefined } | { after: string; until: string };

/** A page of the clinic's journal with its seals and names. The caller checks the permission and journals the reading. */
export async function readAuditPage(
  db: Db,
  { clinic }: Pick<ClinicContext, "clinic">,
  filter: AuditFilter,
  place: Place,
  limit: number,
): Promise<AuditEventRecord[]> {
  const rows = await db.$queryRaw<Row[]>`
    select e.id, e.recorded_at as "recordedAt", e.event, e.action, e.outcome, e.entity, e.entity_ids as "entityIds",
      e.patient_id as "patientId", e.agent_id as "agentId", e.agent_role as "agentRole", e.ground, host(e.address) as address,
      e.session_id as "sessionId", e.request_id as "requestId", e.detail, s.seq, encode(s.hash, 'hex') as hash
    from clinic.audit_event e left join clinic.audit_seal s on s.clinic_id = e.clinic_id and s.event_id = e.id
    where e.clinic_id = ${clinic.id}::uuid and ${join([...conditions(filter, clinic.timeZone), ...bounds(place)], " and ")}
    order by e.id ${"after" in place ? sql`asc` : sql`desc`} limit ${limit}`;

  const subjects = rows.flatMap(({ entityIds, patientId }) => [...entityIds.slice(0, NAMED_PER_LINE), patientId]);
  const names = await nameSubjects(db, clinic.id, {
    users: distinct(rows.map(({ agentId }) => agentId)),
    subjects: distinct(subjects),
  });
  const named = (id: string) => ({ id, label: names.get(id) ?? null });
  return rows.map(({ entityIds, patientId, agentId, seq, ...row }) => ({
    ...row,
    entities: entityIds.map(named),
    patient: patientId ? named(patientId) : null,
    agent: agentId ? named(agentId) : null,
    seq: seq === null ? null : Number(seq),
  }));
}

function conditions(filter: AuditFilter, timeZone: string): Sql[] {
  const { from, to, event, action, outcome, agentId, patientId } = filter;
  const found: Sql[] = [sql`true`];
  // Ids are in the order of time but made by our clocks: they bound the search by a day more, the recorded time decides.
  if (from) {
    found.push(sql`e.id >= ${lowestId(Date.parse(from) - DAY_MS)}::uuid`);
    found.push(sql`e.recorded_at >= (${from}::date::timestamp at time zone ${timeZone})`);
  }
  if (to) {
    found.push(sql`e.id < ${lowestId(Date.parse(to) + 3 * DAY_MS)}::uuid`);
    found.push(sql`e.recorded_at < ((${to}::date + 1)::timestamp at time zone ${timeZone})`);
  }
  if (event) found.push(sql`e.event = ${event}`);
  if (action) found.push(sql`e.action = ${action}`);
  if (outcome) found.push(sql`e.outcome = ${outcome}`);
  if (agentId) found.push(sql`e.agent_id = ${agentId}::uuid`);
  if (patientId) found.push(sql`e.patient_id = ${patientId}::uuid`);
  return found;
}

function bounds(place: Place): Sql[] {
  if ("after" in place) return [sql`e.id > ${place.after}::uuid`, sql`e.id <= ${place.until}::uuid`];
  return place.before ? [sql`e.id < ${place.before}::uuid`] : [];
}

function distinct(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
