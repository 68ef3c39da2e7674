import { sql } from "#server/db/sql.ts";
import type { FocusKind, Priority, RepeatUnit, TaskStatus } from "./schema.ts";

/** A task as every list and pane shows it. */
export interface TaskLine {
  readonly id: string;
  readonly patientId: string | null;
  /** null, too, where the patient is not the reader's to see. */
  readonly patientName: string | null;
  readonly birthDate: string | null;
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

/** The columns of a TaskLine, of `taskTables`. */
export const taskColumns = sql`
  t.id, t.patient_id as "patientId", nullif(concat_ws(' ', p.given_name, p.family_name), '') as "patientName", p.birth_date::text as "birthDate",
  t.title, t.detail, t.clinical, t.priority, t.status, t.owner, o.display_name as "ownerName", (t.owner_id is null or coalesce(o.status = 'active', false)) as "ownerActive",
  coalesce(a.display_name, '') as author, t.due_on::text as "dueOn", t.focus_kind as "focusKind", t.focus_id as "focusId",
  case t.focus_kind when 'document' then (select d.patient_id from clinic.document d where d.clinic_id = t.clinic_id and d.id = t.focus_id) end as "focusPatientId",
  v.id as "focusSittingId", v.local_date::text as "focusDate",
  t.opened_at as "openedAt", (select m.display_name from identity.membership m where m.clinic_id = t.clinic_id and m.user_id = t.opened_by) as "openedBy",
  t.closed_at as "closedAt", (select m.display_name from identity.membership m where m.clinic_id = t.clinic_id and m.user_id = t.closed_by) as "closedBy", t.outcome,
  t.escalate_after_days as "escalateAfterDays", t.escalates_to as "escalatesTo",
  (select m.display_name from identity.membership m where m.clinic_id = t.clinic_id and 'user:' || m.user_id = t.escalates_to) as "escalatesToName",
  t.escalates_at as "escalatesAt", t.escalated_at as "escalatedAt",
  t.repeat_unit as "repeatUnit", t.repeat_every as "repeatEvery", t.repeat_until::text as "repeatUntil",
  t.created_at as "createdAt", t.last_updated as "lastUpdated", t.version`;

export const taskTables = sql`
  clinic.task t
  left join clinic.patient p on p.clinic_id = t.clinic_id and p.id = t.patient_id
  left join identity.membership o on o.clinic_id = t.clinic_id and o.user_id = t.owner_id
  left join identity.membership a on a.clinic_id = t.clinic_id and a.user_id = t.author_id
  left join clinic.appointment f on t.focus_kind = 'appointment' and f.clinic_id = t.clinic_id and f.id = t.focus_id
  left join clinic.sitting v on v.clinic_id = f.clinic_id and v.id = f.sitting_id`;
