import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { deliverMail } from "#server/mail/jobs.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { databaseVariables } from "#tests/database/fresh-database.ts";
import { countOnce, makeEffectsTable } from "#tests/database/queue/scratch-effects.ts";
import { type CrashablePostgres, startCrashablePostgres } from "#tests/servers/crashable-postgres.ts";
import { type MoodySmtp, startMoodySmtp } from "#tests/servers/moody-smtp.ts";
import { type RedisServer, redisInstalled, startRedis } from "#tests/servers/redis-server.ts";
import { rounds } from "./rounds.ts";
import { WorkerProcess } from "./worker-process.ts";

/** A busy machine takes its time to start a worker or to notice a dead one; what is waited for takes seconds on a quiet one. */
const patienceMs = 120_000;

/**
 * kill -9 of worker, relay, database and Redis, again and again, under load. Afterwards: what was committed was done, what can be atomic was done once,
 * no mail left twice, and a send whose answer was not recorded is unknown.
 */
const backends = [
  { backend: "postgres" as const, able: true },
  { backend: "redis" as const, able: redisInstalled },
];

describe.each(backends)("the queue on $backend, killed again and again", ({ backend, able }) => {
  const it = test.skipIf(!able);
  let postgres: CrashablePostgres;
  let redis: RedisServer | undefined;
  let smtp: MoodySmtp;
  let producer: Database;
  let workers: WorkerProcess[];

  beforeAll(async () => {
    if (!able) return;
    postgres = await startCrashablePostgres();
    redis = backend === "redis" ? await startRedis() : undefined;
    smtp = await startMoodySmtp();
    await makeEffectsTable(postgres.database.adminUrl);
    producer = openDatabase({ url: postgres.database.workerUrl, poolSize: 4, pooled: false });
    const env = {
      ...databaseVariables(postgres.database),
      SMTP_URL: smtp.url,
      CHEVET_ORIGIN: "https://chevet.exemple.quebec",
      LOG_LEVEL: "warn",
      ...(redis && { REDIS_URL: redis.url }),
    };
    workers = [new WorkerProcess(env), new WorkerProcess(env)];
    await Promise.all(workers.map((worker) => worker.start()));
  }, 120_000);

  afterAll(async () => {
    if (!able) return;
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
    await producer.close().catch(() => undefined);
    await smtp.stop();
    await redis?.stop();
    await postgres.stop();
  }, 60_000);

  afterEach(({ onTestFailed }) => {
    onTestFailed(() => console.log(workers.map((worker) => worker.log.slice(-4000)).join("\n---\n")));
  });

  const query = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    asAdmin(postgres.database.adminUrl, async (admin) => (await admin.query(sql, values)).rows as Row[]);
  const owed = async () => (await query<{ n: number }>("select count(*)::int as n from queue.outbox"))[0]?.n;
  const revive = async (worker: WorkerProcess) => {
    await worker.end("SIGKILL");
    await worker.start();
  };
  const post = (deliveryId: string) =>
    producer.transact({ role: "auth" }, async (db) => {
      await db.$executeRaw`
        insert into queue.delivery (id, channel, kind, subject, locale)
        values (${deliveryId}::uuid, 'email', 'account-exists', jsonb_build_object('userId', ${deliveryId}::text), 'fr')`;
      await enqueue(db, deliverMail, { deliveryId }, { clinicId: null });
    });

  it("loses nothing that was committed, does nothing twice, and mails nobody twice", async () => {
    smtp.mood = "accept";
    const committed = new Set<string>();
    const doubtful = new Set<string>();
    const rolledBack = new Set<string>();
    const mails = new Set<string>();
    let producing = true;

    const produce = async () => {
      for (let n = 0; producing; n += 1) {
        const subjectId = newId();
        const regret = n % 7 === 0;
        const work = producer.transact({ role: "relay" }, async (db) => {
          await enqueue(db, countOnce, { subjectId }, { clinicId: null });
          if (regret) throw new Error("changed our mind");
        });
        await work.then(
          () => committed.add(subjectId),
          // A connection that broke under COMMIT leaves the producer in doubt; the job is done once or not at all.
          () => (regret ? rolledBack : doubtful).add(subjectId),
        );
        if (n % 10 === 0) {
          const deliveryId = newId();
          await post(deliveryId).then(
            () => mails.add(deliveryId),
            () => undefined,
          );
        }
        await sleep(10);
      }
    };
    const producers = Promise.all([produce(), produce()]);

    for (let round = 0; round < rounds(40); round += 1) {
      for (const worker of workers) {
        await sleep(100 + Math.random() * 600);
        await revive(worker);
      }
      await (redis && round % 2 === 0 ? redis.killAndRestart() : postgres.killAndRestart(300));
      if (redis && rounds(2) === 1) await postgres.killAndRestart(300);
      await sleep(Math.random() * 500);
    }
    producing = false;
    await producers;

    await vi.waitFor(async () => expect(await owed()).toBe(0), { timeout: patienceMs, interval: 500 });
    const done = await query<{ subject_id: string; times: number }>(
      "select subject_id, count(*)::int as times from queue.test_effect group by subject_id",
    );
    const times = new Map(done.map((row) => [row.subject_id, row.times]));
    expect(done.filter((row) => row.times > 1)).toEqual([]);
    expect([...committed].filter((subjectId) => !times.has(subjectId))).toEqual([]);
    expect([...rolledBack].filter((subjectId) => times.has(subjectId))).toEqual([]);
    expect(await query("select job, error_code from queue.dead_letter")).toEqual([]);
    expect(committed.size).toBeGreaterThan(100);

    const deliveries = await query<{ id: string; state: string; message_id: string }>(
      "select id, state, message_id from queue.delivery",
    );
    const arrived = smtp.received.map((mail) => mail.messageId);
    expect(new Set(arrived).size).toBe(arrived.length);
    for (const { state, message_id } of deliveries) {
      expect(["sent", "unknown"]).toContain(state);
      if (state === "sent") expect(arrived).toContain(message_id);
    }
    const known = new Set(deliveries.map(({ id }) => id));
    expect([...mails].filter((id) => !known.has(id))).toEqual([]);
    const unknown = deliveries.filter(({ state }) => state === "unknown").length;
    console.log(
      `${backend}: ${committed.size} committed, ${doubtful.size} in doubt, ${rolledBack.size} rolled back; ${deliveries.length} mails, ${unknown} unknown`,
    );
  });

  it("a worker killed between the last line and its answer leaves a send that is unknown, and not repeated", async () => {
    for (let round = 0; round < rounds(20); round += 1) {
      smtp.mood = "hold-answer";
      const deliveryId = newId();
      const held = within(smtp.heldMail());
      await post(deliveryId);
      await held;
      smtp.mood = "accept";
      await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
      const left = await stateOf(deliveryId);
      await Promise.all(workers.map((worker) => worker.start()));
      // On a busy machine the other worker may have taken the slow one for dead, and have said so before both were killed.
      expect(["sending", "unknown"]).toContain(left);
      await vi.waitFor(async () => expect(await stateOf(deliveryId)).toBe("unknown"), {
        timeout: patienceMs,
        interval: 200,
      });
      await vi.waitFor(async () => expect(await owed()).toBe(0), { timeout: patienceMs, interval: 200 });
      expect(smtp.received.filter((mail) => mail.messageId.includes(deliveryId))).toHaveLength(1);
    }
  });

  it("a database killed before the answer could be written down leaves a send that is unknown, and not repeated", async () => {
    for (let round = 0; round < rounds(10); round += 1) {
      smtp.mood = "hold-answer";
      const deliveryId = newId();
      const held = within(smtp.heldMail());
      await post(deliveryId);
      const { answer } = await held;
      smtp.mood = "accept";
      const restarted = postgres.killAndRestart(1500);
      await sleep(200);
      answer("250 kept");
      await restarted;
      await vi.waitFor(async () => expect(await stateOf(deliveryId)).toBe("unknown"), {
        timeout: patienceMs,
        interval: 200,
      });
      await vi.waitFor(async () => expect(await owed()).toBe(0), { timeout: patienceMs, interval: 200 });
      expect(smtp.received.filter((mail) => mail.messageId.includes(deliveryId))).toHaveLength(1);
    }
  });

  it("a worker told to stop ends its running jobs first", async () => {
    smtp.mood = "hold-answer";
    const deliveryId = newId();
    const held = within(smtp.heldMail());
    await post(deliveryId);
    const { answer } = await held;
    smtp.mood = "accept";
    const ends = Promise.all(workers.map((worker) => worker.end("SIGTERM")));
    await sleep(300);
    answer("250 kept");
    expect(await ends).toEqual([0, 0]);
    expect(await stateOf(deliveryId)).toBe("sent");
    await Promise.all(workers.map((worker) => worker.start()));
  });

  const stateOf = async (id: string) =>
    (await query<{ state: string }>("select state from queue.delivery where id = $1", [id]))[0]?.state;
});

function within<T>(promise: Promise<T>, ms = patienceMs): Promise<T> {
  const late = sleep(ms, undefined, { ref: false }).then(() => Promise.reject(new Error("no mail reached the server")));
  return Promise.race([promise, late]);
}

test.skipIf(redisInstalled)("redis-server is not installed: the queue on Redis was not killed", () => {
  console.warn("SKIPPED: kill -9 of the queue on Redis (no redis-server on this machine)");
});
