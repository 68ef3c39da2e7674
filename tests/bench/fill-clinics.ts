import type { GeneratedClinic } from "./generate.ts";
import { connect } from "./world.ts";

/** Clinics filled in one transaction. */
const batch = 50;
/** A clinic of two practitioners: four visits a day each. */
const perDay = 8;

/**
 * Gives clinics two practitioners each, hours, a service, and visits: half of them were given, missed or cancelled, half are to come and
 * wait for their reminder, two days before. The rows are what the doors and the worker leave behind; journal and former versions are not made.
 * @param appointments how many in all, at least.
 */
export async function fillClinics(
  adminUrl: string,
  clinics: readonly GeneratedClinic[],
  appointments: number,
  progress: (done: string) => void,
): Promise<void> {
  const admin = await connect(adminUrl);
  const days = Math.ceil(appointments / (clinics.length * perDay));
  let done = 0;
  try {
    await admin.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'");
    for (let first = 0; first < clinics.length; first += batch) {
      const some = clinics.slice(first, first + batch);
      const ids = some.map(({ id }) => id);
      await admin.query("begin");
      await admin.query(places, [ids]);
      const { rows } = await admin.query<{ n: number }>(visits, [ids, some.map(({ ownerId }) => ownerId), days]);
      await admin.query(worklists, [ids]);
      await admin.query("commit");
      done += rows[0]?.n ?? 0;
      if ((first / batch) % 4 === 3 || first + batch >= clinics.length) progress(`${done} appointments`);
    }
    // Before anybody asks: a plan made without statistics of so many rows is a wrong one.
    await admin.query(`vacuum (analyze) ${tables.join(", ")}`);
    progress("their statistics");
  } finally {
    await admin.end();
  }
}

const tables = [
  ...["location", "practitioner", "resource", "healthcare_service", "service_requirement", "service_candidate"],
  ...["schedule_rule", "schedule_stamp", "sitting", "occupancy", "appointment", "place", "visit_message"],
  ...["appointment_access", "request_person", "recall", "waitlist_entry", "freed_time"],
]
  .map((name) => `clinic.${name}`)
  .concat("queue.outbox");

const places = `
  with own as (select clinic_id from unnest($1::uuid[]) as t (clinic_id)),
  stamp as (insert into clinic.schedule_stamp (clinic_id) select clinic_id from own),
  place as (
    insert into clinic.location (clinic_id, id, name, time_zone) select clinic_id, uuidv7(), 'Clinique', 'America/Toronto' from own returning clinic_id, id
  ),
  person as (
    insert into clinic.practitioner (clinic_id, id, family_name, given_name, profession)
    select clinic_id, uuidv7(), name, 'Ève', 'physician' from own, (values ('Gagnon'), ('Roy')) v (name) returning clinic_id, id
  ),
  resource as (insert into clinic.resource (clinic_id, id, kind, practitioner_id) select clinic_id, id, 'practitioner', id from person),
  service as (
    insert into clinic.healthcare_service (clinic_id, id, name, duration_minutes, online) select clinic_id, uuidv7(), 'Consultation', 30, true from own
    returning clinic_id, id
  ),
  need as (
    insert into clinic.service_requirement (clinic_id, id, service_id, rank, kind) select clinic_id, uuidv7(), id, 1, 'practitioner' from service
    returning clinic_id, id
  ),
  candidate as (
    insert into clinic.service_candidate (clinic_id, id, requirement_id, resource_id)
    select n.clinic_id, uuidv7(), n.id, p.id from need n join person p using (clinic_id)
  )
  insert into clinic.schedule_rule (clinic_id, id, resource_id, location_id, weekday, from_minute, until_minute, valid_from)
  select p.clinic_id, uuidv7(), p.id, l.id, weekday, opening, opening + 240, date '2026-01-01'
  from person p join place l using (clinic_id), generate_series(1, 5) weekday, (values (480), (780)) v (opening)`;

/** Weekdays: the first half up to the end of October 2026, the others from the fourth of January 2027, when the clinic of twenty opens too. */
const visits = `
  with own as (select * from unnest($1::uuid[], $2::uuid[]) as t (clinic_id, owner_id)),
  -- Of twenty that are over, one was missed and one was cancelled.
  wanted as materialized (
    select o.clinic_id, o.owner_id, uuidv7() as sitting, uuidv7() as visit, uuidv7() as message, s.id as service_id, l.id as location_id, p.id as person,
      d.day, d.day > date '2027-01-01' as to_come, (array[540, 570, 840, 900])[k] as minute,
      case when d.day > date '2027-01-01' then 'booked' when (d.n * 4 + k) % 20 = 7 then 'noshow' when (d.n * 4 + k) % 20 = 13 then 'cancelled' else 'fulfilled' end as status,
      row_number() over (partition by o.clinic_id order by d.day, k, p.id) as nth
    from own o
    join clinic.practitioner p using (clinic_id) join clinic.healthcare_service s using (clinic_id) join clinic.location l using (clinic_id)
    cross join (
      select n, case when n < $3::int / 2 then date '2026-10-30' - n / 5 * 7 - n % 5 else date '2027-01-04' + (n - $3 / 2) / 5 * 7 + (n - $3 / 2) % 5 end as day
      from generate_series(0, $3::int - 1) as g (n)
    ) d
    cross join generate_series(1, 4) as k
  ),
  seen as materialized (
    select w.*, p.id as patient_id, (w.day + make_interval(mins => w.minute)) at time zone 'America/Toronto' as at,
      (w.day - 2 + make_interval(mins => w.minute)) at time zone 'America/Toronto' as due_at
    from wanted w
    join (select clinic_id, count(*) as n from clinic.patient where clinic_id = any ($1) group by 1) c using (clinic_id)
    join (select clinic_id, id, row_number() over (partition by clinic_id order by id) as nth from clinic.patient where clinic_id = any ($1)) p
      on p.clinic_id = w.clinic_id and p.nth = 1 + w.nth % c.n
  ),
  sitting as (
    insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, local_date, local_minute, time_zone, duration_minutes, status, author_id)
    select clinic_id, sitting, 'visit', service_id, location_id, person, day, minute, 'America/Toronto', 30, case status when 'cancelled' then status else 'booked' end, owner_id
    from seen order by sitting
  ),
  taken as (
    insert into clinic.occupancy (clinic_id, id, resource_id, kind, during, sitting_id)
    select clinic_id, uuidv7(), person, 'booking', tstzrange(at, at + interval '30 minutes'), sitting from seen where status <> 'cancelled'
  ),
  visit as (
    insert into clinic.appointment (clinic_id, id, sitting_id, patient_id, author_id, source, reason, status, flow,
      arrived_at, roomed_at, started_at, done_at, cancelled_at, cancelled_by)
    select clinic_id, visit, sitting, patient_id, owner_id, 'staff', 'suivi', status,
      case status when 'booked' then 'expected' when 'fulfilled' then 'done' else 'none' end,
      case status when 'fulfilled' then at end, case status when 'fulfilled' then at end, case status when 'fulfilled' then at end,
      case status when 'fulfilled' then at + interval '30 minutes' end,
      case status when 'cancelled' then at - interval '1 day' end, case status when 'cancelled' then 'patient' end
    from seen order by visit
  ),
  place as (insert into clinic.place (clinic_id, id, sitting_id, capacity, seat) select clinic_id, visit, sitting, 1, 1 from seen where status <> 'cancelled'),
  message as (
    insert into clinic.visit_message (clinic_id, id, appointment_id, kind, channel, starts_at, location_id, before_minutes, made_by, due_at, status, attempts, started_at, settled_at)
    select clinic_id, message, visit, 'reminder', 'email', at, location_id, 2880, 'rule', due_at,
      case when to_come then 'planned' else 'sent' end, case when to_come then 0 else 1 end,
      case when not to_come then due_at end, case when not to_come then due_at end
    from seen order by message
  ),
  -- Each message carried a link to its visit.
  link as (
    insert into clinic.appointment_access (clinic_id, id, appointment_id, token_hash, expires_at)
    select clinic_id, uuidv7(), visit, sha256(uuid_send(message)), at + interval '2 days' from seen where not to_come
  ),
  owed as (
    insert into queue.outbox (id, clinic_id, job, payload, run_at)
    select message, clinic_id, 'send-message', jsonb_build_object('messageId', message), due_at from seen where to_come
  )
  select count(*)::int as n from seen`;

/** Who waits for staff in each: requests to match, recalls that are due, a waiting list, and times that came free. */
const worklists = `
  with own as (
    select s.clinic_id, s.id as service_id, l.id as location_id from clinic.healthcare_service s join clinic.location l using (clinic_id) where s.clinic_id = any ($1::uuid[])
  ),
  person as (
    select clinic_id, id, row_number() over (partition by clinic_id order by id) as nth from clinic.patient where clinic_id = any ($1)
  ),
  request as (
    insert into clinic.request_person (clinic_id, id, family_name, given_name, birth_date, email, verified_at)
    select clinic_id, uuidv7(), 'Tremblay', 'Ana', date '1980-01-01' + n, 'p' || n || '@personne.example', now() from own, generate_series(1, 20) n
  ),
  recall as (
    insert into clinic.recall (clinic_id, id, patient_id, service_id, due_on, reason)
    select o.clinic_id, uuidv7(), p.id, o.service_id, date '2026-10-01' + p.nth::int, 'contrôle' from own o join person p on p.clinic_id = o.clinic_id and p.nth <= 60
  ),
  entry as (
    insert into clinic.waitlist_entry (clinic_id, id, patient_id, service_id, source)
    select o.clinic_id, uuidv7(), p.id, o.service_id, 'staff' from own o join person p on p.clinic_id = o.clinic_id and p.nth <= 20
  )
  insert into clinic.freed_time (clinic_id, id, service_id, location_id, resource_id, mode, starts_at, duration_minutes, cause)
  select o.clinic_id, uuidv7(), o.service_id, o.location_id, p.id, 'in-person', timestamptz '2027-01-04 15:00Z' + n * interval '1 week', 30, 'cancelled'
  from own o join clinic.practitioner p using (clinic_id), generate_series(1, 5) n`;
