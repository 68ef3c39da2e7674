import type { GeneratedClinic } from "./generate.ts";
import { makeSlotsClinic, type SlotsClinic } from "./slots-clinic.ts";
import { connect } from "./world.ts";

/** The clinic of 20 practitioners, with patients in the visits of some of its days. */
export interface AgendaClinic extends SlotsClinic {
  readonly locationId: string;
  readonly practitioners: readonly string[];
  readonly patients: readonly string[];
  /** A day of exactly 200 visits, and one 85 % full: twice as many. */
  readonly busy: string;
  readonly crowded: string;
}

const busy = "2028-03-06";
const crowded = "2027-01-06";

/** Makes it inside a clinic of the bench's world, as the database's own triggers would; once. */
export async function makeAgendaClinic(adminUrl: string, clinic: GeneratedClinic): Promise<AgendaClinic> {
  const slots = await makeSlotsClinic(adminUrl, clinic);
  const admin = await connect(adminUrl);
  const ids = async (text: string) => (await admin.query<{ id: string }>(text, [clinic.id])).rows.map(({ id }) => id);
  try {
    const [locationId = ""] = await ids(
      "select id from clinic.location where clinic_id = $1 and name = 'Clinique 85 %'",
    );
    const practitioners = await ids(
      "select id from clinic.practitioner where clinic_id = $1 and family_name like 'Banc %' order by id",
    );
    const patients = await ids("select id from clinic.patient where clinic_id = $1 order by id limit 5000");
    const made = { ...slots, locationId, practitioners, patients, busy, crowded };
    const { rowCount } = await admin.query("select 1 from clinic.appointment where clinic_id = $1 limit 1", [
      clinic.id,
    ]);
    if (rowCount) return made;
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    await admin.query(
      `with made as (
         insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, local_date, local_minute, time_zone, duration_minutes, status)
         select $1, gen_random_uuid(), 'visit', $2, $3, who, date '${busy}', m, 'America/Toronto', 20, 'booked'
         from unnest($4::uuid[]) as who, generate_series(480, 660, 20) as m
         returning id, resource_id, starts_at, ends_at
       )
       insert into clinic.occupancy (clinic_id, id, resource_id, kind, during, sitting_id)
       select $1, gen_random_uuid(), m.resource_id, 'booking', tstzrange(m.starts_at, m.ends_at), m.id from made m`,
      [clinic.id, slots.plain, locationId, practitioners],
    );
    await admin.query(
      `with seat as (
         select s.id, row_number() over (order by s.id) as n from clinic.sitting s
         where s.clinic_id = $1 and (s.local_date = date '${busy}' or s.local_date between date '${crowded}' - 60 and date '${crowded}' + 20)
       ), made as (
         insert into clinic.appointment (clinic_id, id, sitting_id, patient_id, source, reason, flow, status)
         select $1, gen_random_uuid(), s.id, ($2::uuid[])[1 + s.n % cardinality($2::uuid[])], 'staff', 'suivi', 'expected', 'booked' from seat s
         returning id, sitting_id
       )
       insert into clinic.place (clinic_id, id, sitting_id, capacity, seat) select $1, m.id, m.sitting_id, 1, 1 from made m`,
      [clinic.id, patients],
    );
    await admin.query(
      "insert into clinic.schedule_stamp (clinic_id, stamp) values ($1, 1) on conflict (clinic_id) do nothing",
      [clinic.id],
    );
    await admin.query("commit");
    await admin.query("vacuum analyze clinic.appointment, clinic.place, clinic.sitting, clinic.occupancy");
    return made;
  } finally {
    await admin.end();
  }
}
