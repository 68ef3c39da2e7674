import { type Sql, sql } from "#server/db/sql.ts";
import type { FocusKind, Priority, RepeatUnit, TaskStatus } from "./schema.ts";

/** A task as every list and pane shows it. */
export interface TaskLine {
  readonly id: string;
  readonly patientId: string | null;
  /** null, too, where the patient is not the reader's to see. */
  readonly patientName: string | null;
  readonly birthDate: string | null;
  /**
   * It says something of care of somebody for whom the reader has no ground, and is not theirs: title, detail, outcome and what it came from are
   * left out until they say why.
   */
  readonly withheld: boolean;
  /** "" while it is withheld; so is `detail`. */
  readonly title: string;
  readonly detail: string;
  readonly clinical: boolean;
  readonly priority: Priority;
  readonly status: TaskStatus;
  /** `user:<id>`, `role:<role>`, `profession:<code>`. */
  readonly owner: string;
  /** Of a person; null for a role or a profession. */
  readonly ownerName: string | null;
  /** The person still works here; true for a role or a profession. */
  readonly ownerActive: boolean;
  readonly author: string;
  /** `YYYY-MM-DD` */
  readonly dueOn: string | null;
  readonly focusKind: FocusKind | null;
  readonly focusId: string | null;
  /** Whose chart a document is in by now; null while it waits in the inbox, and for what is no document. */
  readonly focusPatientId: string | null;
  /** Of a visit: what the agenda opens, and on which day, `YYYY-MM-DD`. */
  readonly focusSittingId: string | null;
  readonly focusDate: string | null;
  readonly openedAt: Date | null;
  readonly openedBy: string | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly outcome: string;
  readonly escalateAfterDays: number | null;
  readonly escalatesTo: string | null;
  readonly escalatesToName: string | null;
  readonly escalatesAt: Date | null;
  readonly escalatedAt: Date | null;
  readonly repeatUnit: RepeatUnit | null;
  readonly repeatEvery: number | null;
  readonly repeatUntil: string | null;
  readonly createdAt: Date;
  readonly lastUpdated: Date;
  readonly version: number;
}

/** Not said to whoever the task is withheld from. */
const said = (column: Sql) => sql`case when not w.withheld then ${column} end`;
const words = (column: Sql) => sql`case when w.withheld then '' else ${column} end`;

/** The columns of a TaskLine, of `taskTables`. */
export const taskColumns = sql`
  t.id, t.patient_id as "patientId", nullif(concat_ws(' ', p.given_name, p.family_name), '') as "patientName", p.birth_date::text as "birthDate",
  w.withheld, ${words(sql`t.title`)} as title, ${words(sql`t.detail`)} as detail, t.clinical, t.priority, t.status, t.owner, o.display_name as "ownerName", (t.owner_id is null or coalesce(o.status = 'active', false)) as "ownerActive",
  coalesce(a.display_name, '') as author, t.due_on::text as "dueOn", ${said(sql`t.focus_kind`)} as "focusKind", ${said(sql`t.focus_id`)} as "focusId",
  case when t.focus_kind = 'document' and not w.withheld then (select d.patient_id from clinic.document d where d.clinic_id = t.clinic_id and d.id = t.focus_id) end as "focusPatientId",
  ${said(sql`v.id`)} as "focusSittingId", ${said(sql`v.local_date::text`)} as "focusDate",
  t.opened_at as "openedAt", (select m.display_name from identity.membership m where m.clinic_id = t.clinic_id and m.user_id = t.opened_by) as "openedBy",
  t.closed_at as "closedAt", (select m.display_name from identity.membership m where m.clinic_id = t.clinic_id and m.user_id = t.closed_by) as "closedBy", ${words(sql`t.outcome`)} as outcome,
  t.escalate_after_days as "escalateAfterDays", t.escalates_to as "escalatesTo",
  (select m.display_name from identity.membership m where m.clinic_id = t.clinic_id and 'user:' || m.user_id = t.escalates_to) as "escalatesToName",
  t.escalates_at as "escalatesAt", t.escalated_at as "escalatedAt",
  t.repeat_unit as "repeatUnit", t.repeat_every as "repeatEvery", t.repeat_until::text as "repeatUntil",
  t.created_at as "createdAt", t.last_updated as "lastUpdated", t.version`;

/**
 * The tasks of a page, as `t`, and whether each is withheld, as `w`: judged of those on the page alone, once each.
 * @param page selects `clinic_id` and `id`
 */
export const taskTables = (page: Sql): Sql => sql`
  (${page}) q
  join clinic.task t on t.clinic_id = q.clinic_id and t.id = q.id
  cross join lateral (select clinic.withholds(t) as withheld offset 0) w
  left join clinic.patient p on p.clinic_id = t.clinic_id and p.id = t.patient_id
  left join identity.membership o on o.clinic_id = t.clinic_id and o.user_id = t.owner_id
  left join identity.membership a on a.clinic_id = t.clinic_id and a.user_id = t.author_id
  left join clinic.appointment f on t.focus_kind = 'appointment' and f.clinic_id = t.clinic_id and f.id = t.focus_id
  left join clinic.sitting v on v.clinic_id = f.clinic_id and v.id = f.sitting_id`;

/** One task. */
export const taskOf = (clinicId: string, id: string): Sql =>
  taskTables(
    sql`select t.clinic_id, t.id from clinic.task t where t.clinic_id = ${clinicId}::uuid and t.id = ${id}::uuid`,
  );
