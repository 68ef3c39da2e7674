import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { defaultRule } from "./default-rule.ts";
import { sendMessage } from "./jobs.ts";
import { missingNotices } from "./missing-notices.ts";
import type { MessageChannel, MessageKind } from "./schema.ts";

/** One message to plan. */
export interface ToPlan {
  /** Given by a screen, so that it is planned once; else made here. */
  readonly id?: string;
  readonly appointmentId: string;
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  readonly startsAt: Date;
  readonly locationId: string;
  readonly beforeMinutes: number | null;
  readonly evenConfirmed: boolean;
  readonly madeBy: "rule" | "change" | "hand";
  /** null: after `delaySeconds`. */
  readonly dueAt: Date | null;
  readonly delaySeconds: number;
}

/**
 * Brings the messages of these visits in line with what the visits are now, in the caller's transaction as the worker: pending ones
 * that no longer fit are cancelled, those that are missing are planned. It looks at what is and not at what happened: done twice,
 * late, or by two workers at once it ends the same (two unique indexes hold it), and each message looks again when it is sent.
 * @param ids at most a few hundred
 * @param notices false when nothing happened to the visits themselves: reminders alone are planned anew
 */
export async function planVisits(db: Db, clinicId: string, ids: readonly string[], notices = true): Promise<void> {
  if (ids.length === 0) return;
  const wanted = wantedReminders(clinicId, ids);
  await db.$executeRaw`
    ${wanted}
    update clinic.visit_message m set status = 'cancelled', reason = 'replaced', settled_at = now()
    where m.clinic_id = ${clinicId}::uuid and m.appointment_id = any(${ids}::uuid[]) and m.kind = 'reminder' and m.made_by = 'rule' and m.status = 'planned'
      and not exists (
        select from wanted w where w.appointment_id = m.appointment_id and w.channel = m.channel and w.before_minutes = m.before_minutes and w.starts_at = m.starts_at
          and w.even_confirmed = m.even_confirmed and (w.due_at = m.due_at or w.due_at <= now()))`;
  // A visit booked too late for a reminder has none.
  const reminders = await db.$queryRaw<ToPlan[]>`
    ${wanted}
    select w.appointment_id as "appointmentId", 'reminder' as kind, w.channel, w.starts_at as "startsAt", w.location_id as "locationId",
      w.before_minutes as "beforeMinutes", w.even_confirmed as "evenConfirmed", 'rule' as "madeBy", w.due_at as "dueAt", 0 as "delaySeconds"
    from wanted w where w.due_at > now() and not exists (
      select from clinic.visit_message m where m.clinic_id = ${clinicId}::uuid and m.appointment_id = w.appointment_id and m.kind = 'reminder' and m.made_by = 'rule'
        and m.channel = w.channel and m.before_minutes = w.before_minutes and m.starts_at = w.starts_at and m.status <> 'cancelled')`;
  const told = notices ? await missingNotices(db, clinicId, ids) : [];
  await planMessages(db, clinicId, [...told, ...reminders]);
}

/** Every reminder that the rules ask for, of the visits that stand and are to come. */
function wantedReminders(clinicId: string, ids: readonly string[]): Sql {
  return sql`
    with visit as (
      select a.id, s.starts_at, s.location_id, s.local_date, s.local_minute, s.time_zone, s.service_id
      from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = ${clinicId}::uuid and a.id = any(${ids}::uuid[]) and a.status = 'booked' and s.status = 'booked' and s.starts_at > now()
    ), rule as (
      select r.id, r.channel, r.before_minutes, r.even_confirmed, r.all_services from clinic.reminder_rule r where r.clinic_id = ${clinicId}::uuid and r.active
      union all
      select null, ${defaultRule.channel}, ${defaultRule.beforeMinutes}::int, ${defaultRule.evenConfirmed}::boolean, true
        where not exists (select from clinic.reminder_rule r where r.clinic_id = ${clinicId}::uuid)
    ), quiet as (
      select c.time_zone, coalesce(p.quiet_from_minute, 1260) as from_minute, coalesce(p.quiet_until_minute, 480) as until_minute
      from clinic.clinic c left join clinic.booking_policy p on p.clinic_id = c.clinic_id where c.clinic_id = ${clinicId}::uuid
    ), wanted as (
      select v.id as appointment_id, r.channel, r.before_minutes, bool_or(r.even_confirmed) as even_confirmed, v.starts_at, v.location_id,
        clinic.reminder_due(v.local_date, v.local_minute, v.time_zone, r.before_minutes, q.time_zone, q.from_minute, q.until_minute) as due_at
      from visit v cross join rule r cross join quiet q
      where r.all_services or exists (
        select from clinic.reminder_rule_service x where x.clinic_id = ${clinicId}::uuid and x.rule_id = r.id and x.service_id = v.service_id)
      group by v.id, r.channel, r.before_minutes, v.starts_at, v.location_id, due_at
    )`;
}

/** Writes messages and the jobs that will send them, in one statement: a message planned already is left alone, with its job. */
export async function planMessages(db: Db, clinicId: string, messages: readonly ToPlan[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = JSON.stringify(messages.map((message) => ({ id: newId(), ...message })));
  await db.$executeRaw`
    with made as (
      insert into clinic.visit_message (clinic_id, id, appointment_id, kind, channel, starts_at, location_id, before_minutes, even_confirmed, made_by, due_at)
      select ${clinicId}::uuid, r.id, r."appointmentId", r.kind, r.channel, r."startsAt", r."locationId", r."beforeMinutes", r."evenConfirmed", r."madeBy",
        coalesce(r."dueAt", now() + make_interval(secs => r."delaySeconds"))
      from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, "appointmentId" uuid, kind text, channel text, "startsAt" timestamptz, "locationId" uuid,
        "beforeMinutes" int, "evenConfirmed" boolean, "madeBy" text, "dueAt" timestamptz, "delaySeconds" int)
      on conflict do nothing
      returning id, due_at
    )
    insert into queue.outbox (id, clinic_id, job, payload, run_at)
    select id, ${clinicId}::uuid, ${sendMessage.name}, jsonb_build_object('messageId', id), due_at from made`;
}
