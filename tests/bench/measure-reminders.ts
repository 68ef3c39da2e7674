import { setTimeout as sleep } from "node:timers/promises";
import { createLogger } from "#server/logger.ts";
import { handle } from "#server/queue/run-job.ts";
import { runQueue } from "#server/queue/run-queue.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { sendMessage } from "#server/reminder/jobs.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { startSmtpSink } from "#tests/servers/smtp-sink.ts";
import type { Row } from "./measure.ts";
import type { World } from "./world.ts";

const silent = createLogger({ write: () => undefined }, "silent");
const count = Number(process.env.CHEVET_BENCH_SMALL === "1" ? 500 : 10_000);
const concurrency = 20;

/** Reminders of one clinic that are all due in this minute, each of a visit and a person of its own, sent over SMTP by one worker. */
export async function measureReminders(world: World, redisUrl: string | undefined): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, url] of [
    ["PostgreSQL", undefined],
    ["Redis", redisUrl],
  ] as const) {
    if (name === "Redis" && !url) rows.push({ name: "on Redis", value: "-", note: "SKIPPED: no redis-server" });
    else rows.push(await drain(world, name, url));
  }
  return rows;
}

async function drain(world: World, name: string, redisUrl: string | undefined): Promise<Row> {
  const clinicId = await prepare(world);
  const sink = await startSmtpSink();
  const route = { smtpUrl: sink.url, from: "ne-pas-repondre@exemple.quebec", origin: "https://chevet.exemple.quebec" };
  const place = { queueDatabaseUrl: world.url("chevet_queue"), redisUrl };
  const started = performance.now();
  const queue = await runQueue(place, [handle(sendMessage, createMessageSender(route, undefined))], silent, {
    work: { concurrency, lockMs: 30_000, limitMs: 60_000 },
  });
  try {
    await asAdmin(world.adminUrl, async (admin) => {
      const owed = async () =>
        (await admin.query("select count(*)::int as n from queue.outbox where clinic_id = $1", [clinicId])).rows[0].n;
      while ((await owed()) > 0) await sleep(250);
    });
    const seconds = (performance.now() - started) / 1000;
    const states = await asAdmin(
      world.adminUrl,
      async (admin) =>
        (
          await admin.query(
            "select status, count(*)::int as n from clinic.visit_message where clinic_id = $1 group by 1",
            [clinicId],
          )
        ).rows,
    );
    const twice = [...sink.arrived.values()].filter((times) => times > 1).length;
    const ended = states.map(({ status, n }: { status: string; n: number }) => `${n} ${status}`).join(", ");
    return {
      name: `${count} reminders due in one minute, on ${name}`,
      value: `${(seconds / 60).toFixed(1)} min`,
      note: `${Math.round(count / seconds)}/s; ${sink.arrived.size} arrived, ${twice} twice; ${ended}`,
    };
  } finally {
    await queue.stop(5000);
    await sink.stop();
    await forget(world, clinicId);
  }
}

/** @returns the clinic's id */
async function prepare(world: World): Promise<string> {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic);
  await asAdmin(world.adminUrl, async (admin) => {
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
    // What other measures left undone is not this one's.
    await admin.query("delete from queue.outbox where run_at <= now() and clinic_id is distinct from $1", [clinic.id]);
    await admin.query("commit");
    await admin.query(`analyze ${tables.join(", ")}, queue.outbox`);
  });
  return clinic.id;
}

const tables = [
  "visit_message",
  "appointment_access",
  "contact_standing",
  "appointment",
  "sitting",
  "request_person",
].map((name) => `clinic.${name}`);

/** The host is kept: it does not grow by ten thousand visits with each measure. */
async function forget(world: World, clinicId: string): Promise<void> {
  await asAdmin(world.adminUrl, async (admin) => {
    await admin.query("set session_replication_role = replica");
    for (const table of tables) await admin.query(`delete from ${table} where clinic_id = $1`, [clinicId]);
  });
}
