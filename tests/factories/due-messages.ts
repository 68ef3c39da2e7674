import { asAdmin } from "#tests/database/as-admin.ts";
import { makeClinic } from "./clinic.ts";
import { makeSchedule } from "./schedule.ts";

/** Where these rows are. */
export const dueTables = [
  "visit_message",
  "appointment_access",
  "contact_standing",
  "appointment",
  "sitting",
  "request_person",
].map((name) => `clinic.${name}`);

/**
 * Reminders of one clinic that are all due now, each of a visit and a person of its own, in one write: nothing of how they were planned.
 * @returns the clinic's id
 */
export async function makeDueMessages(adminUrl: string, count: number): Promise<string> {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic);
  await asAdmin(adminUrl, async (admin) => {
    const ids = [clinic.id, place.locationId, place.practitioners[0], place.serviceId];
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    await admin.query(
      "update host.clinic_registration set status = 'approved', approved_at = now() where clinic_id = $1",
      [clinic.id],
    );
    await admin.query(
      "insert into clinic.booking_policy (clinic_id, quiet_from_minute, quiet_until_minute) values ($1, 0, 0)",
      [clinic.id],
    );
    await admin.query(
      "create temporary table made on commit drop as select n, gen_random_uuid() as sitting, gen_random_uuid() as person, gen_random_uuid() as visit, gen_random_uuid() as message from generate_series(1, $1) n",
      [count],
    );
    await admin.query(
      `insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, local_date, local_minute, time_zone, duration_minutes, status)
       select $1, sitting, 'visit', $4, $2, $3, current_date + 3, 480 + n % 540, 'America/Toronto', 30, 'booked' from made`,
      ids,
    );
    await admin.query(
      "insert into clinic.request_person (clinic_id, id, family_name, given_name, email) select $1, person, 'Tremblay', 'Ana', 'p' || n || '@personne.example' from made",
      [clinic.id],
    );
    await admin.query(
      "insert into clinic.appointment (clinic_id, id, sitting_id, request_person_id, source) select $1, visit, sitting, person, 'online' from made",
      [clinic.id],
    );
    await admin.query(
      `insert into clinic.visit_message (clinic_id, id, appointment_id, kind, channel, starts_at, location_id, before_minutes, made_by, due_at)
       select $1, message, visit, 'reminder', 'email', s.starts_at, $2, 2880, 'rule', now() from made join clinic.sitting s on s.clinic_id = $1 and s.id = made.sitting`,
      [clinic.id, place.locationId],
    );
    await admin.query(
      "insert into queue.outbox (id, clinic_id, job, payload) select message, $1, 'send-message', jsonb_build_object('messageId', message) from made",
      [clinic.id],
    );
    await admin.query("commit");
    // Not the whole database: beside a thousand clinics that would be most of the time.
    await admin.query(`analyze ${dueTables.join(", ")}, queue.outbox`);
  });
  return clinic.id;
}
