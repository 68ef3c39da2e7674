import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { openDatabase } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { createLogger } from "#server/logger.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { handle } from "#server/queue/run-job.ts";
import { runQueue } from "#server/queue/run-queue.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import type { TestDatabase } from "#tests/database/fresh-database.ts";
import { countOnce, makeEffectsTable } from "#tests/database/queue/scratch-effects.ts";
import type { Row } from "./print-rows.ts";

const jobs = 3000;
const concurrency = 20;
const silent = createLogger({ write: () => undefined }, "silent");

/** The queue's measures, on a database that the environment already names (queue.bench.ts). */
export async function measureQueue(database: TestDatabase, redisUrl: string | undefined): Promise<Row[]> {
  await makeEffectsTable(database.adminUrl);
  const rows = [await enqueueRate(database)];
  for (const [name, url] of [
    ["PostgreSQL", undefined],
    ["Redis", redisUrl],
  ] as const) {
    if (name === "Redis" && !url) {
      rows.push({ measure: "on Redis", value: "-", note: "SKIPPED: no redis-server on this machine" });
      continue;
    }
    rows.push(await drainRate(database, name, url, "a deed elsewhere (the row is deleted after)"));
    rows.push(await drainRate(database, name, url, "a deed in the database (takeJob)"));
    rows.push(await latency(database, name, url));
  }
  return rows;
}

/** One job per transaction, eight at once: what a verb pays for asking. */
async function enqueueRate(database: TestDatabase): Promise<Row> {
  const producer = openDatabase({ url: database.workerUrl, poolSize: 8, pooled: false });
  const ask = () =>
    producer.transact({ role: "auth" }, (db) => enqueue(db, countOnce, { subjectId: newId() }, { clinicId: null }));
  const each = 250;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let n = 0; n < each; n += 1) await ask();
    }),
  );
  const rate = (8 * each) / ((performance.now() - started) / 1000);
  await producer.close();
  await asAdmin(database.adminUrl, (admin) => admin.query("delete from queue.outbox"));
  return { measure: "asked, one per transaction", value: `${Math.round(rate)}/s`, note: "8 at once" };
}

async function drainRate(
  database: TestDatabase,
  name: string,
  redisUrl: string | undefined,
  deed: string,
): Promise<Row> {
  await asAdmin(database.adminUrl, (admin) =>
    admin.query(
      `insert into queue.outbox (id, job, payload)
       select gen_random_uuid(), 'count-once', jsonb_build_object('subjectId', gen_random_uuid()) from generate_series(1, $1)`,
      [jobs],
    ),
  );
  const inDatabase = deed.includes("takeJob");
  const started = performance.now();
  const stopped = await withQueue(database, redisUrl, inDatabase, (admin) => untilNothingIsOwed(admin, 20));
  const rate = jobs / ((stopped - started) / 1000);
  return {
    measure: `outbox to handled on ${name}`,
    value: `${Math.round(rate)}/s`,
    note: `${deed}; ${jobs} jobs, ${concurrency} at once, connection included`,
  };
}

/** From the commit of the request to the row's end, one job at a time on an idle queue. */
async function latency(database: TestDatabase, name: string, redisUrl: string | undefined): Promise<Row> {
  const times = await withQueue(database, redisUrl, false, async (admin) => {
    await sleep(500);
    const taken: number[] = [];
    for (let n = 0; n < 50; n += 1) {
      const started = performance.now();
      await withRelay((db) => enqueue(db, countOnce, { subjectId: newId() }, { clinicId: null }));
      taken.push((await untilNothingIsOwed(admin, 1)) - started);
    }
    return taken.sort((a, b) => a - b);
  });
  const at = (part: number) => `${times[Math.floor(times.length * part)]?.toFixed(0)} ms`;
  return {
    measure: `one job, asked to handled, on ${name}`,
    value: at(0.5),
    note: `p95 ${at(0.95)}; the count of what is owed included`,
  };
}

async function withQueue<T>(
  database: TestDatabase,
  redisUrl: string | undefined,
  inDatabase: boolean,
  act: (admin: pg.Client) => Promise<T>,
): Promise<T> {
  const handler = handle(countOnce, async (ctx, { subjectId }) => {
    if (!inDatabase) return;
    await withRelay(async (db) => {
      await takeJob(db, ctx.jobId);
      await db.$executeRaw`insert into queue.test_effect (job_id, subject_id) values (${ctx.jobId}::uuid, ${subjectId}::uuid)`;
    });
  });
  const place = { queueDatabaseUrl: database.queueUrl, redisUrl };
  const queue = await runQueue(place, [handler], silent, { work: { concurrency, lockMs: 30_000, limitMs: 60_000 } });
  try {
    return await asAdmin(database.adminUrl, act);
  } finally {
    await queue.stop(5000);
  }
}

/** @returns the moment when the last row went. */
async function untilNothingIsOwed(admin: pg.Client, everyMs: number): Promise<number> {
  while ((await owed(admin)) > 0) await sleep(everyMs);
  return performance.now();
}

async function owed(admin: pg.Client): Promise<number> {
  return (await admin.query("select count(*)::int as n from queue.outbox")).rows[0].n;
}
