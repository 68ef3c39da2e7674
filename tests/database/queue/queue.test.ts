import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { createLogger } from "#server/logger.ts";
import { defineJob, defineRecurringJob } from "#server/queue/define-job.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { ids } from "#server/queue/ids.ts";
import { handle, handleRecurring } from "#server/queue/run-job.ts";
import { type RunningQueue, runQueue } from "#server/queue/run-queue.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { type RedisServer, redisInstalled, startRedis } from "#tests/servers/redis-server.ts";
import { countOnce, makeEffectsTable } from "./scratch-effects.ts";

const alwaysFails = defineJob({
  name: "always-fails",
  payload: ids("subjectId"),
  retry: { attempts: 3, firstDelayMs: 20 },
});
const hangsOnce = defineJob({
  name: "hangs-once",
  payload: ids("subjectId"),
  retry: { attempts: 3, firstDelayMs: 20 },
});
const failsOnce = defineJob({
  name: "fails-once",
  payload: ids("subjectId"),
  retry: { attempts: 3, firstDelayMs: 20 },
});
const tick = defineRecurringJob({ name: "tick", everyMs: 200 });
const pace = {
  relay: { batch: 100, pollMs: 100, silentMs: 2000 },
  work: { concurrency: 10, lockMs: 2000, limitMs: 1000 },
  repeatMs: 500,
};

const lines: string[] = [];
const log = createLogger({ write: (line: string) => void lines.push(line) }, "debug");
const canary = "Zoé Canari <zoe.canari@exemple.quebec>";

beforeAll(async () => {
  await makeEffectsTable(database.adminUrl);
});

const backends = [
  { backend: "postgres" as const, able: true },
  { backend: "redis" as const, able: redisInstalled },
];

describe.each(backends)("the queue on $backend", ({ backend, able }) => {
  let redis: RedisServer | undefined;
  let queue: RunningQueue;
  const ticks = vi.fn();
  const tries = vi.fn();

  const handlers = [
    handle(countOnce, (ctx, { subjectId }) =>
      withRelay(async (db) => {
        await takeJob(db, ctx.jobId);
        await db.$executeRaw`insert into queue.test_effect (job_id, subject_id) values (${ctx.jobId}::uuid, ${subjectId}::uuid)`;
      }),
    ),
    handle(alwaysFails, async () => {
      tries();
      throw Object.assign(new Error(`550 ${canary} is unknown here`), { code: "SMTP_550" });
    }),
    handle(failsOnce, async (ctx) => {
      if (ctx.attempt === 1) throw new Error(canary);
    }),
    handle(hangsOnce, (ctx) => (ctx.attempt === 1 ? new Promise(() => undefined) : Promise.resolve())),
    handleRecurring(tick, async () => ticks()),
  ];

  beforeAll(async () => {
    if (!able) return;
    redis = backend === "redis" ? await startRedis() : undefined;
    queue = await runQueue({ queueDatabaseUrl: database.queueUrl, redisUrl: redis?.url }, handlers, log, pace);
  });
  afterAll(async () => {
    await queue?.stop(5000);
    await redis?.stop();
  });

  const owed = () =>
    asAdmin(
      database.adminUrl,
      async (admin) => (await admin.query("select count(*)::int as n from queue.outbox")).rows[0].n,
    );
  const effects = (subjectId: string) =>
    asAdmin(
      database.adminUrl,
      async (admin) =>
        (await admin.query("select 1 from queue.test_effect where subject_id = $1", [subjectId])).rowCount,
    );
  const it = test.skipIf(!able);

  it("does what was committed, once, and owes nothing after", async () => {
    const subjectId = newId();
    await withRelay(async (db) => {
      for (let n = 0; n < 50; n += 1) await enqueue(db, countOnce, { subjectId }, { clinicId: null });
    });
    await vi.waitFor(async () => expect(await effects(subjectId)).toBe(50), 10_000);
    await vi.waitFor(async () => expect(await owed()).toBe(0));
  });

  it("does nothing of what was rolled back", async () => {
    const subjectId = newId();
    const rolledBack = withRelay(async (db) => {
      await enqueue(db, countOnce, { subjectId }, { clinicId: null });
      throw new Error("changed our mind");
    });
    await expect(rolledBack).rejects.toThrow("changed our mind");
    expect(await owed()).toBe(0);
  });

  it("waits until a future job is due", async () => {
    const subjectId = newId();
    const runAt = new Date(Date.now() + 700);
    await withRelay((db) => enqueue(db, countOnce, { subjectId }, { clinicId: null, runAt }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await effects(subjectId)).toBe(0);
    await vi.waitFor(async () => expect(await effects(subjectId)).toBe(1), 5000);
  });

  it("tries again after a failure", async () => {
    await withRelay((db) => enqueue(db, failsOnce, { subjectId: newId() }, { clinicId: null }));
    await vi.waitFor(async () => expect(await owed()).toBe(0), 5000);
  });

  it("tries again what never ends", async () => {
    await withRelay((db) => enqueue(db, hangsOnce, { subjectId: newId() }, { clinicId: null }));
    await vi.waitFor(async () => expect(await owed()).toBe(0), 8000);
    expect(lines.join("")).toContain("TooLong");
  });

  it("buries what keeps failing, as a code, and nothing of the message is anywhere", async () => {
    tries.mockClear();
    const jobId = await withRelay((db) => enqueue(db, alwaysFails, { subjectId: newId() }, { clinicId: null }));
    const letter = await vi.waitFor(async () => {
      const found = await asAdmin(database.adminUrl, (admin) =>
        admin.query("select * from queue.dead_letter where job_id = $1", [jobId]),
      );
      expect(found.rowCount).toBe(1);
      return found.rows[0];
    }, 10_000);
    expect(letter).toMatchObject({ job: "always-fails", error_code: "SMTP_550", attempts: 3, replayed_at: null });
    expect(tries).toHaveBeenCalledTimes(3);
    expect(await owed()).toBe(0);
    expect(lines.join("")).not.toContain("canari");
    expect(lines.join("")).toContain("SMTP_550");
  });

  it("replays a dead letter that an operator asked for", async () => {
    const operator = newId();
    tries.mockClear();
    await asAdmin(database.adminUrl, (admin) =>
      admin.query(
        "update queue.dead_letter set replayed_at = now(), replayed_by = $1 where job_id = (select job_id from queue.dead_letter where replayed_at is null limit 1)",
        [operator],
      ),
    );
    await vi.waitFor(() => expect(tries).toHaveBeenCalledTimes(3), 10_000);
  });

  it("keeps its recurring jobs ticking", async () => {
    ticks.mockClear();
    await vi.waitFor(() => expect(ticks.mock.calls.length).toBeGreaterThan(2), 5000);
  });

  it("brings back a job of which the queue kept a remainder and nothing to run", async () => {
    if (!redis) return;
    const [jobId, subjectId] = [newId(), newId()];
    const client = new Redis(redis.url);
    const remainder = {
      name: "count-once",
      data: JSON.stringify({ payload: { subjectId } }),
      opts: "{}",
      timestamp: Date.now(),
      delay: 0,
      priority: 0,
    };
    await client.hset(`chevet:chevet:${jobId}`, remainder);
    client.disconnect();
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("insert into queue.outbox (id, job, payload) values ($1, 'count-once', $2)", [
        jobId,
        JSON.stringify({ subjectId }),
      ]),
    );
    await vi.waitFor(async () => expect(await effects(subjectId)).toBe(1), 15_000);
  });

  it("takes a job only once, even when the queue brings it twice", async () => {
    const subjectId = newId();
    const jobId = await withRelay((db) => enqueue(db, countOnce, { subjectId }, { clinicId: null }));
    await vi.waitFor(async () => expect(await owed()).toBe(0), 5000);
    await expect(withRelay((db) => takeJob(db, jobId))).rejects.toThrow();
    expect(await effects(subjectId)).toBe(1);
  });
});

test.skipIf(redisInstalled)("redis-server is not installed: its half of this file was skipped", () => {
  console.warn("SKIPPED: the queue on Redis (no redis-server on this machine)");
});
