import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { newId } from "#server/db/new-id.ts";
import type { GeneratedClinic } from "./generate.ts";
import { connect } from "./world.ts";

/** A clinic of 20 practitioners and 22 rooms, open weekdays from 8 h to 12 h and from 13 h to 17 h, 85 % full for a year. */
export interface SlotsClinic {
  /** The first day of the year that is filled. */
  readonly from: Date;
  /** Services: one practitioner; with a room; two practitioners with a room; and one whose practitioner is full for ten weeks. */
  readonly plain: string;
  readonly withRoom: string;
  readonly two: string;
  readonly full: string;
}

const day = "2027-01-04";

/** Makes it inside a clinic of the bench's world, as the database's own triggers would; once. */
export async function makeSlotsClinic(adminUrl: string, clinic: GeneratedClinic): Promise<SlotsClinic> {
  const admin = await connect(adminUrl);
  const from = new Date(`${day}T05:00:00Z`);
  try {
    const known = await admin.query<{ id: string; name: string }>(
      "select id, name from clinic.healthcare_service where clinic_id = $1",
      [clinic.id],
    );
    const idOf = (name: string) => known.rows.find((row) => row.name === name)?.id ?? newId();
    const ids = { plain: idOf("plain"), withRoom: idOf("with-room"), two: idOf("two"), full: idOf("full") };
    if (known.rowCount) return { from, ...ids };
    await admin.query("begin");
    // A quarter of a million rows at once: the triggers' work is done by the statements themselves.
    await admin.query("set local session_replication_role = replica");
    await admin.query("select setseed(0.5)");
    const location = newId();
    const run = (text: string, ...values: unknown[]) => admin.query(text, [clinic.id, ...values]);
    await run(
      "insert into clinic.location (clinic_id, id, name, time_zone) values ($1, $2, 'Clinique 85 %', 'America/Toronto')",
      location,
    );
    await run(`with made as (
        insert into clinic.practitioner (clinic_id, id, family_name, given_name, profession)
        select $1, gen_random_uuid(), 'Banc ' || n, 'Ève', 'physician' from generate_series(1, 20) n returning id
      ) insert into clinic.resource (clinic_id, id, kind, practitioner_id) select $1, id, 'practitioner', id from made`);
    await run(
      `insert into clinic.resource (clinic_id, id, kind, location_id, name, type)
       select $1, gen_random_uuid(), 'room', $2, 'Salle ' || n, 'salle' from generate_series(1, 22) n`,
      location,
    );
    await run(
      `insert into clinic.schedule_rule (clinic_id, id, resource_id, location_id, weekday, from_minute, until_minute, valid_from)
       select $1, gen_random_uuid(), r.id, $2, weekday, opening, opening + 240, '2026-01-01'
       from clinic.resource r, generate_series(1, 5) weekday, (values (480), (780)) v (opening)
       where r.clinic_id = $1 and r.kind = 'practitioner' and exists (
         select from clinic.practitioner p where p.clinic_id = $1 and p.id = r.id and p.family_name like 'Banc %')`,
      location,
    );
    for (const [name, id, people, room] of [
      ["plain", ids.plain, 1, false],
      ["with-room", ids.withRoom, 1, true],
      ["two", ids.two, 2, true],
      ["full", ids.full, 1, false],
    ] as const) {
      const requirement = newId();
      await run(
        `insert into clinic.healthcare_service (clinic_id, id, name, duration_minutes, step_minutes, online, horizon_days)
         values ($1, $2, $3, 20, 10, true, 365)`,
        id,
        name,
      );
      await run(
        `insert into clinic.service_requirement (clinic_id, id, service_id, rank, kind, quantity) values ($1, $2, $3, 1, 'practitioner', $4)`,
        requirement,
        id,
        people,
      );
      await run(
        `insert into clinic.service_candidate (clinic_id, id, requirement_id, resource_id)
         select $1, gen_random_uuid(), $2, p.id from clinic.practitioner p
         where p.clinic_id = $1 and p.family_name like $3`,
        requirement,
        name === "full" ? "Banc 1" : "Banc %",
      );
      if (room)
        await run(
          `insert into clinic.service_requirement (clinic_id, id, service_id, rank, kind, resource_type) values ($1, $2, $3, 2, 'room', 'salle')`,
          newId(),
          id,
        );
    }
    // The nth practitioner sees people in the nth room, so that rooms are as full as they are.
    await run(
      `with seat as (
         select p.id, l.id as location_id, row_number() over (order by p.id) as n, p.family_name
         from clinic.practitioner p, clinic.location l
         where p.clinic_id = $1 and l.clinic_id = $1 and l.id = $3 and p.family_name like 'Banc %'
       ), room as (
         select id, row_number() over (order by id) as n from clinic.resource where clinic_id = $1 and kind = 'room' and location_id = $3
       ), made as (
         insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, local_date, local_minute, time_zone, duration_minutes, status)
         select $1, gen_random_uuid(), 'visit', $2, s.location_id, s.id, d::date, m, 'America/Toronto', 20, 'booked'
         from seat s, generate_series(date '${day}', date '${day}' + 400, interval '1 day') d, generate_series(480, 1000, 20) m
         where extract(isodow from d) < 6 and (m < 720 or m >= 780)
           and (m * 0 + random() < 0.85 or (s.family_name = 'Banc 1' and d < date '${day}' + 115))
         returning id, resource_id, starts_at, ends_at
       )
       insert into clinic.occupancy (clinic_id, id, resource_id, kind, during, sitting_id)
       select $1, gen_random_uuid(), taken, 'booking', tstzrange(m.starts_at, m.ends_at), m.id
       from made m join seat s on s.id = m.resource_id join room r on r.n = s.n
       cross join lateral (values (m.resource_id), (r.id)) v (taken)`,
      ids.plain,
      location,
    );
    await admin.query("commit");
    await admin.query("vacuum analyze clinic.occupancy, clinic.sitting, clinic.schedule_rule, clinic.resource");
    return { from, ...ids };
  } finally {
    await admin.end();
  }
}

/** Opens its page to visitors, each from an address of their own, as a proxy in front would say. Before the web process starts. */
export async function publish(admin: Awaited<ReturnType<typeof connect>>, clinic: GeneratedClinic): Promise<void> {
  process.env.TRUSTED_PROXIES = "127.0.0.1,::1";
  await createClinicKey(clinic.id).catch(() => undefined);
  await admin.query(
    "update host.clinic_registration set status = 'approved', approved_at = now() where clinic_id = $1",
    [clinic.id],
  );
  await admin.query(
    `insert into clinic.public_page (clinic_id, draft, published, published_at, published_by) values ($1, '{}', '{}', now(), $2) on conflict do nothing`,
    [clinic.id, clinic.ownerId],
  );
}
