import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { databaseVariables } from "#tests/database/fresh-database.ts";
import { makeEffectsTable } from "#tests/database/queue/scratch-effects.ts";
import { database } from "#tests/database/setup.ts";
import { makeDueMessages } from "#tests/factories/due-messages.ts";
import { type RedisServer, redisInstalled, startRedis } from "#tests/servers/redis-server.ts";
import { type SmtpSink, startSmtpSink } from "#tests/servers/smtp-sink.ts";
import { rounds } from "./rounds.ts";
import { WorkerProcess } from "./worker-process.ts";

/**
 * kill -9 of the workers, again and again, in the middle of five hundred reminders. Afterwards: each was sent, or is unknown, or nothing is owed of it;
 * none arrived twice, and what is said to be sent arrived.
 */
const count = 500;
/** Of each worker: what may be on its way when it dies. */
const concurrency = 5;
const patienceMs = 240_000;
const backends = [
  { backend: "postgres" as const, able: true },
  { backend: "redis" as const, able: redisInstalled },
];

afterAll(closeDatabases);

describe.each(backends)("five hundred messages on $backend", ({ backend, able }) => {
  let redis: RedisServer | undefined;
  let sink: SmtpSink;
  let workers: WorkerProcess[] = [];

  beforeAll(async () => {
    if (!able) return;
    await makeEffectsTable(database.adminUrl).catch(() => undefined);
    redis = backend === "redis" ? await startRedis() : undefined;
    // Slow enough that a worker often dies between the last line of a mail and its answer.
    sink = await startSmtpSink(40);
    const env = {
      ...databaseVariables(database),
      SMTP_URL: sink.url,
      CHEVET_ORIGIN: "https://chevet.exemple.quebec",
      LOG_LEVEL: "warn",
      ...(redis && { REDIS_URL: redis.url }),
    };
    workers = [new WorkerProcess(env), new WorkerProcess(env)];
  }, 120_000);
  afterAll(async () => {
    if (!able) return;
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
    await redis?.stop();
    await sink.stop();
  }, 60_000);

  const query = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> =>
    asAdmin(database.adminUrl, async (admin) => (await admin.query(sql, values)).rows as Row[]);

  test.skipIf(!able)("none is lost, and none arrives twice", async ({ onTestFailed }) => {
    onTestFailed(() => console.log(workers.map((worker) => worker.log.slice(-4000)).join("\n---\n")));
    const clinicId = await makeDueMessages(database.adminUrl, count);
    const owed = async () =>
      (await query<{ n: number }>("select count(*)::int as n from queue.outbox where clinic_id = $1", clinicId))[0]
        ?.n ?? 0;
    let kills = 0;
    await Promise.all(workers.map((worker) => worker.start()));
    for (let round = 0; round < rounds(25) + 5 && (await owed()) > 0; round += 1) {
      for (const worker of workers) {
        await sleep(150 + Math.random() * 500);
        await worker.end("SIGKILL");
        kills += 1;
        await worker.start();
      }
      if (redis && round % 3 === 2) await redis.killAndRestart();
    }
    await vi.waitFor(async () => expect(await owed()).toBe(0), { timeout: patienceMs, interval: 500 });

    const messages = await query<{ id: string; status: string }>(
      "select id, status from clinic.visit_message where clinic_id = $1",
      clinicId,
    );
    const times = (id: string) => sink.arrived.get(`<${id}@chevet.exemple.quebec>`) ?? 0;
    const of = (status: string) => messages.filter((one) => one.status === status);
    expect(messages).toHaveLength(count);
    expect(of("sent").length + of("unknown").length).toBe(count);
    expect(of("sent").filter(({ id }) => times(id) !== 1)).toEqual([]);
    expect(of("unknown").filter(({ id }) => times(id) > 1)).toEqual([]);
    expect([...sink.arrived.values()].reduce((sum, n) => sum + n, 0)).toBe(
      messages.filter(({ id }) => times(id) > 0).length,
    );
    expect(of("unknown").length).toBeLessThanOrEqual(kills * concurrency);
    expect(await query("select from queue.dead_letter where clinic_id = $1", clinicId)).toEqual([]);
    const arrived = of("unknown").filter(({ id }) => times(id) === 1).length;
    console.log(
      `${backend}: ${kills} kills; ${of("sent").length} sent, ${of("unknown").length} unknown, of which ${arrived} arrived`,
    );
  });
});

test.skipIf(redisInstalled)("redis-server is not installed: the messages on Redis were not killed", () => {
  console.warn("SKIPPED: kill -9 of the messages on Redis (no redis-server on this machine)");
});
