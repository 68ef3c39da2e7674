import { setTimeout as sleep } from "node:timers/promises";
import { createLogger } from "#server/logger.ts";
import { handle } from "#server/queue/run-job.ts";
import { runQueue } from "#server/queue/run-queue.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { sendMessage } from "#server/reminder/jobs.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { dueTables, makeDueMessages } from "#tests/factories/due-messages.ts";
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
  const clinicId = await makeDueMessages(world.adminUrl, count);
  await asAdmin(world.adminUrl, (admin) =>
    // What other measures left undone is not this one's.
    admin.query("delete from queue.outbox where run_at <= now() and clinic_id is distinct from $1", [clinicId]),
  );
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

/** The host is kept: it does not grow by ten thousand visits with each measure. */
async function forget(world: World, clinicId: string): Promise<void> {
  await asAdmin(world.adminUrl, async (admin) => {
    await admin.query("set session_replication_role = replica");
    for (const table of dueTables) await admin.query(`delete from ${table} where clinic_id = $1`, [clinicId]);
  });
}
