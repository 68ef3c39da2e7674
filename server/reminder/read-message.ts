import type { Db } from "#server/db/database.ts";
import type { MessageChannel, MessageKind, MessageState } from "./schema.ts";

/** A message and all that it is about, as it is now. */
export interface MessageFacts {
  readonly id: string;
  readonly appointmentId: string;
  readonly kind: MessageKind;
  readonly channel: MessageChannel;
  readonly status: MessageState;
  readonly madeBy: "rule" | "change" | "hand";
  /** The database's clock, by which it was due. */
  readonly now: Date;
  /** Put off meanwhile: another job will come for it. */
  readonly early: boolean;
  readonly evenConfirmed: boolean;
  /** The visit that the message was planned for. */
  readonly plannedFor: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly changedAt: Date;
  readonly timeZone: string;
  readonly mode: string;
  readonly visitStatus: string;
  readonly off: boolean;
  readonly confirmed: boolean;
  /** A later reminder of the same visit on the same channel is due as well. */
  readonly overtaken: boolean;
  readonly clinicName: string;
  readonly clinicPhone: string;
  readonly clinicEmail: string;
  readonly clinicStatus: string | null;
  readonly slug: string;
  readonly address: string;
  /** The end of the quiet hours that it is in; null outside them. */
  readonly quietUntil: Date | null;
  readonly language: "fr" | "en";
  readonly personGone: boolean;
  readonly email: string | null;
  /** A number that was given for text messages. */
  readonly textNumber: string | null;
  /** A number that may be mobile: it takes a text message only by a consent on record. */
  readonly phone: string | null;
  readonly textsOn: boolean;
  /** Subject and body of the clinic's own; null for ours. */
  readonly texts: Readonly<Record<string, { subject: string; body: string }>>;
}

/** Reads a message for sending and locks it: of two workers, one goes on. Null when the clinic has none under this id. */
export async function readMessage(db: Db, clinicId: string, id: string): Promise<MessageFacts | null> {
  const [row] = await db.$queryRaw<MessageFacts[]>`
    select m.id, m.appointment_id as "appointmentId", m.kind, m.channel, m.status, m.made_by as "madeBy", now() as now, m.due_at > now() as early, m.even_confirmed as "evenConfirmed",
      m.starts_at as "plannedFor", s.starts_at as "startsAt", s.ends_at as "endsAt", greatest(a.last_updated, s.last_updated) as "changedAt", s.time_zone as "timeZone", s.mode,
      a.status as "visitStatus", (a.status in ('cancelled', 'entered-in-error') or s.status in ('cancelled', 'entered-in-error')) as off, a.confirmed_at is not null as confirmed,
      exists (select from clinic.visit_message o where o.clinic_id = m.clinic_id and o.appointment_id = m.appointment_id and o.kind = 'reminder' and o.channel = m.channel
        and o.status = 'planned' and o.made_by = 'rule' and o.due_at > m.due_at and o.due_at <= now()) as overtaken,
      coalesce(nullif(c.neutral_name, ''), c.name) as "clinicName", coalesce(nullif(l.phone, ''), c.phone) as "clinicPhone", c.email as "clinicEmail",
      g.status as "clinicStatus", coalesce(g.slug, '') as slug, concat_ws(', ', nullif(l.address_line, ''), nullif(l.city, ''), nullif(l.postal_code, '')) as address,
      clinic.quiet_until(now(), c.time_zone, coalesce(p.quiet_from_minute, 1260), coalesce(p.quiet_until_minute, 480)) as "quietUntil",
      case coalesce(t.language, r.language, c.default_locale) when 'en' then 'en' when 'fr' then 'fr' else c.default_locale end as language,
      (t.deceased_on is not null or coalesce(t.status = 'entered-in-error', false) or coalesce(r.status = 'dismissed', false)) as "personGone",
      coalesce(contact.email, nullif(r.email, '')) as email,
      coalesce(contact.sms, case when r.text_messages then nullif(r.phone, '') end) as "textNumber",
      coalesce(contact.phone, nullif(r.phone, '')) as phone,
      exists (select from clinic.integration i where i.clinic_id = m.clinic_id and i.code = 'sms' and i.enabled) as "textsOn",
      coalesce(w.texts, '{}'::jsonb) as texts
    from clinic.visit_message m
    join clinic.appointment a on a.clinic_id = m.clinic_id and a.id = m.appointment_id
    join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
    join clinic.location l on l.clinic_id = s.clinic_id and l.id = s.location_id
    join clinic.clinic c on c.clinic_id = m.clinic_id
    left join host.clinic_registration g on g.clinic_id = m.clinic_id
    left join clinic.booking_policy p on p.clinic_id = m.clinic_id
    left join clinic.message_wording w on w.clinic_id = m.clinic_id
    left join clinic.patient t on t.clinic_id = a.clinic_id and t.id = a.patient_id
    left join clinic.request_person r on r.clinic_id = a.clinic_id and r.id = a.request_person_id
    left join lateral (
      select (array_agg(k.normalised order by k.rank, k.id) filter (where k.system = 'email'))[1] as email,
        (array_agg(k.normalised order by k.rank, k.id) filter (where k.system = 'sms'))[1] as sms,
        (array_agg(k.normalised order by k.rank, k.id) filter (where k.system = 'phone'))[1] as phone
      from clinic.patient_contact k where k.clinic_id = a.clinic_id and k.patient_id = a.patient_id and k.ended_at is null
    ) contact on true
    where m.clinic_id = ${clinicId}::uuid and m.id = ${id}::uuid
    for update of m`;
  return row ?? null;
}
