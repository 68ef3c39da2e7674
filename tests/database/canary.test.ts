import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { createLogger } from "#server/logger.ts";
import { deliverMail } from "#server/mail/jobs.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { handle } from "#server/queue/run-job.ts";
import { runQueue } from "#server/queue/run-queue.ts";
import { canary, searchCanaries } from "#tests/canary.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { requestContext } from "#tests/factories/clinic.ts";
import { redisInstalled, startRedis } from "#tests/servers/redis-server.ts";
import { startWebServer } from "#tests/servers/web-server.ts";
import { database } from "./setup.ts";

const postgresLogs = join(inject("testCluster").dataDir, "log");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chevet-canary-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the search finds what is planted", () => {
  test.each([
    ["as it is", canary.note],
    ["in other accents and case", canary.lastName.toUpperCase()],
    [
      "in JSON that escapes",
      JSON.stringify({ note: canary.note }).replace(
        /[^ -~]/g,
        (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
      ),
    ],
    ["in an address", `GET /patients?q=${encodeURIComponent(canary.email)}`],
    ["without its spaces", canary.nam.replaceAll(" ", "")],
    ["in base64", Buffer.from(`message: ${canary.note}.`).toString("base64")],
  ])("%s", async (_, text) => {
    const file = join(folder, "planted.log");
    writeFileSync(file, `{"level":"info"}\n${text}\n`);
    expect(await searchCanaries({ logs: [folder] })).not.toEqual([]);
    expect(await searchCanaries({ texts: { trace: text } })).not.toEqual([]);
  });

  test("in metrics, in the queue's own tables, and in what the host can read", async () => {
    const metrics = await startWebServer((_, response) => response.end(`chevet_x{who="${canary.lastName}"} 1`));
    expect(await searchCanaries({ metrics: [`http://127.0.0.1:${metrics.port}/metrics`] })).toHaveLength(1);
    await metrics.close();

    await asAdmin(database.adminUrl, (admin) =>
      admin.query(`create table queue.planted as select '${canary.phone}' as data`),
    );
    const hits = await searchCanaries({ adminUrl: database.adminUrl });
    expect(hits).toEqual([{ place: "job payloads, dead letters, ledger: queue.planted", value: canary.phone }]);
    await asAdmin(database.adminUrl, (admin) => admin.query("drop table queue.planted"));

    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update host.setting set display_name = $1", [canary.lastName]),
    );
    expect(await searchCanaries({ adminUrl: database.adminUrl })).toEqual([
      { place: "the host's view: host.setting", value: canary.lastName },
    ]);
    await asAdmin(database.adminUrl, (admin) => admin.query("update host.setting set display_name = 'Chevet'"));
  });

  test("in PostgreSQL's log, where a login that is not a serving one writes what went wrong", async () => {
    const value = "Témoin couleur paille";
    await asAdmin(database.adminUrl, (admin) => admin.query(`select '${value}'::date`).catch(() => undefined));
    await expect.poll(() => searchCanaries({ logs: [postgresLogs] }, [value])).toHaveLength(1);
  });

  test.skipIf(!redisInstalled)("in Redis", async () => {
    const redis = await startRedis();
    const { Redis } = await import("ioredis");
    const client = new Redis(redis.url);
    await client.hset("chevet:x:1", "data", JSON.stringify({ email: canary.email }));
    expect(new Set((await searchCanaries({ redisUrl: redis.url })).map((hit) => hit.value))).toEqual(
      new Set([canary.email]),
    );
    client.disconnect();
    await redis.stop();
  });
});

describe("people leave no trace by the back door", () => {
  test("in PostgreSQL's log, whatever a serving login's statement does wrong", async () => {
    const web = new pg.Client({ connectionString: database.webUrl });
    await web.connect();
    const wrong: [string, unknown[]][] = [
      [`select '${canary.note}'::date`, []],
      ["select $1::uuid", [canary.nam]],
      [`selekt '${canary.lastName}'`, []],
      ["insert into queue.outbox (id, job, payload) values (gen_random_uuid(), $1, '{}')", [canary.email]],
      ["select reference.enter('auth', email => $1, slug => 'x')", [canary.email]],
      [`set statement_timeout = 50; select pg_sleep(1), '${canary.note}'`, []],
    ];
    for (const [text, values] of wrong) await web.query(text, values).catch(() => undefined);
    await web.end();

    const ctx = requestContext();
    const userId = newId();
    const twice = () =>
      withAuth({ userId, email: canary.email }, ctx, (db) =>
        db.user.create({ data: { id: userId, email: canary.email, displayName: canary.lastName } }),
      );
    await twice();
    await expect(twice()).rejects.toMatchObject({ code: "Conflict" });
    await sleep(200);
    expect(await searchCanaries({ logs: [postgresLogs] })).toEqual([]);
  });

  test("in the queue, its errors, the dead letters or our log, when a job fails with a person in its mouth", async () => {
    const lines: string[] = [];
    const log = createLogger({ write: (line: string) => void lines.push(line) }, "debug");
    const fails = { ...deliverMail, retry: { attempts: 2, firstDelayMs: 20 } };
    const handler = handle(fails, async () => {
      throw Object.assign(new Error(`${canary.email}: ${canary.note}`), { detail: canary.nam });
    });
    const queue = await runQueue({ queueDatabaseUrl: database.queueUrl }, [handler], log, {
      relay: { batch: 10, pollMs: 50, silentMs: 5000 },
    });
    await withRelay((db) => enqueue(db, fails, { deliveryId: newId() }, { clinicId: null }));
    await expect.poll(() => withRelay((db) => db.deadLetter.count()), { timeout: 10_000 }).toBe(1);
    const during = await searchCanaries({ adminUrl: database.adminUrl, texts: { log: lines.join("") } });
    await queue.stop(5000);
    expect(during).toEqual([]);
    expect(lines.join("")).toContain("job.dead");
  });
});
