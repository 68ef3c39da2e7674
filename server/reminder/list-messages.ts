import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { MessageRecord } from "./record.ts";
import type { ListMessagesInput } from "./schema.ts";

export interface MessagePage {
  readonly messages: readonly MessageRecord[];
  /** What to ask for as `after` to go on; null on the last page. */
  readonly next: string | null;
}

/**
 * What did not arrive, what nobody knows of, and what is overdue, while the visit is to come and nobody has sent it again. Two looks, each by an
 * index that holds little else: a clinic has a hundred messages that went well for each of these.
 */
const attention = (clinicId: string) => sql`m.id = any (array(
    select l.id from clinic.visit_message l where l.clinic_id = ${clinicId}::uuid and l.starts_at > now() and l.status in ('unknown', 'failed', 'bounced', 'skipped')
      and (l.status <> 'skipped' or l.reason = 'bouncing'
        or (l.kind in ('moved', 'cancelled') and l.reason in ('no-address', 'no-consent', 'unsubscribed', 'no-carrier')))
    union all
    select l.id from clinic.visit_message l where l.clinic_id = ${clinicId}::uuid and l.starts_at > now() and l.status in ('planned', 'sending')
      and l.due_at < now() - interval '15 minutes'))
  and not exists (select from clinic.visit_message n where n.clinic_id = m.clinic_id and n.appointment_id = m.appointment_id and n.made_by = 'hand'
    and n.created_at > m.created_at and n.status in ('planned', 'sending', 'sent', 'delivered'))`;

/** Which messages a list shows, as a condition on `m`; held by tests/database/schedule/plans.test.ts. */
export const shownMessages: Readonly<Record<ListMessagesInput["show"], (clinicId: string) => Sql>> = {
  attention,
  planned: () => sql`m.status = 'planned'`,
  sent: () => sql`m.status in ('sending', 'sent', 'delivered')`,
  all: () => sql`true`,
};

/** The clinic's messages: those to come soonest first, the others latest first, a page at a time. */
export async function listMessages(ctx: ClinicContext, input: ListMessagesInput): Promise<MessagePage> {
  requirePermission(ctx, "appointment:read");
  const { most } = input;
  return withStaff(ctx, async (db) => {
    const rows = await read(db, ctx.clinic.id, input);
    const messages = rows.slice(0, most);
    if (messages.length > 0) {
      const entityIds = [...new Set(messages.map(({ appointmentId }) => appointmentId))];
      await recordRead(db, ctx, { event: "message.listed", entity: "Appointment", entityIds }, { refresh: true });
    }
    return { messages, next: rows.length > most ? (messages.at(-1)?.id ?? null) : null };
  });
}

function read(db: Db, clinicId: string, { after, most, show }: ListMessagesInput): Promise<MessageRecord[]> {
  const forward = show === "planned";
  const cursor = sql`(select o.due_at, o.id from clinic.visit_message o where o.clinic_id = ${clinicId}::uuid and o.id = ${after ?? null}::uuid)`;
  const from = after
    ? forward
      ? sql`and (m.due_at, m.id) > ${cursor}`
      : sql`and (m.due_at, m.id) < ${cursor}`
    : sql``;
  const order = forward ? sql`m.due_at, m.id` : sql`m.due_at desc, m.id desc`;
  return db.$queryRaw<MessageRecord[]>`
    select m.id, m.appointment_id as "appointmentId", m.kind, m.channel, m.status, m.reason, m.error_code as "errorCode", m.segments, m.due_at as "dueAt", m.settled_at as "settledAt",
      m.starts_at as "startsAt", coalesce(s.time_zone, c.time_zone) as "timeZone",
      case when t.id is not null then concat_ws(' ', t.given_name, t.family_name) when r.id is not null then concat_ws(' ', r.given_name, r.family_name) end as person,
      (m.status in ('planned', 'sending') and m.due_at < now() - interval '15 minutes') as late,
      (a.id is not null and m.status in ('failed', 'bounced', 'unknown', 'skipped') and m.starts_at > now()) as "mayResend",
      (a.id is not null and (m.status = 'bounced' or (m.status in ('failed', 'skipped') and m.reason in ('unsubscribed', 'no-consent', 'bouncing')))) as "mayResume"
    from clinic.visit_message m
    join clinic.clinic c on c.clinic_id = m.clinic_id
    left join clinic.appointment a on a.clinic_id = m.clinic_id and a.id = m.appointment_id
    left join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
    left join clinic.patient t on t.clinic_id = a.clinic_id and t.id = a.patient_id
    left join clinic.request_person r on r.clinic_id = a.clinic_id and r.id = a.request_person_id
    where m.clinic_id = ${clinicId}::uuid and ${shownMessages[show](clinicId)} ${from}
    order by ${order} limit ${most + 1}`;
}
