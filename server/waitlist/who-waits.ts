import { sql } from "#server/db/sql.ts";

/**
 * Joins a waiting-list entry `e` to whoever it is about: a patient, somebody who asked on the public page, or the person of the visit that
 * would be brought forward. Whom the reader may not see has no name, and `whoIsSeen` leaves them out. Said with `case`: under row security PostgreSQL
 * takes `coalesce` for leaky, and would look through all of the clinic's patients for each entry.
 */
export const whoWaits = sql`
  left join clinic.appointment v on v.clinic_id = e.clinic_id and v.id = e.appointment_id
  left join clinic.sitting sv on sv.clinic_id = e.clinic_id and sv.id = v.sitting_id
  left join clinic.request_person r on r.clinic_id = e.clinic_id and r.id = case when e.request_person_id is null then v.request_person_id else e.request_person_id end
  left join clinic.patient p on p.clinic_id = e.clinic_id
    and p.id = case when e.patient_id is not null then e.patient_id when v.patient_id is not null then v.patient_id else r.patient_id end`;

/** Whoever the reader may see, and who still is: nobody who died, whose record was a mistake, or whose request staff put aside. */
export const whoIsSeen = sql`(p.id is not null or (r.id is not null and r.patient_id is null)) and p.deceased_on is null
  and p.status is distinct from 'entered-in-error' and r.status is distinct from 'dismissed'`;

export const whoColumns = sql`
  p.id as "patientId", coalesce(p.given_name, r.given_name) as "givenName", coalesce(p.family_name, r.family_name) as "familyName",
  coalesce(nullif(r.phone, ''), (select c.value from clinic.patient_contact c where c.clinic_id = e.clinic_id and c.patient_id = p.id
    and c.system = 'phone' and c.ended_at is null order by c.rank, c.id limit 1), '') as phone`;

/** Where an offer is written to: the address that was proved in asking, else the first of the chart; empty for none. */
export const whoseEmail = sql`
  coalesce(nullif(r.email, ''), (select c.normalised from clinic.patient_contact c where c.clinic_id = e.clinic_id and c.patient_id = p.id
    and c.system = 'email' and c.ended_at is null order by c.rank, c.id limit 1), '')`;

/** Nobody who waits no more: an accepted offer ends the wait before the worker has written it down. */
export const stillWaits = sql`
  e.status = 'waiting' and not exists (
    select from clinic.waitlist_offer a where a.clinic_id = e.clinic_id and a.entry_id = e.id and a.status = 'accepted')
  and (e.appointment_id is null or (v.status = 'booked' and sv.starts_at > now()))`;

/** The clinic's rule as what is sorted by; who came first decides between equals. `b` is the row of booking_policy, or nothing. */
export const ruleOrder = sql`
  case when coalesce(b.waitlist_rule, 'arrival') = 'priority' then e.priority else 0 end,
  case when coalesce(b.waitlist_rule, 'arrival') = 'deadline' then coalesce(e.until_date, 'infinity'::date) else 'infinity'::date end,
  e.created_at, e.id`;
