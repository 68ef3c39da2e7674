import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { readInstance } from "#infra/local/instance.ts";
import { canary, searchCanaries } from "#tests/canary.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { adminUrl } from "./instance-database.ts";

/** The last test of a run: nobody who went through the product is to be found in logs, queue, metrics, traces or what the host can read. */

const dataDir = process.env.CHEVET_E2E_DATA_DIR ?? "";
const collector = process.env.CHEVET_E2E_TRACES ?? "";
const { ports } = readInstance(dataDir);

/** The canaries, and what the people of the other tests are told by: each factory gives its addresses one of two domains. */
const people = [...Object.values(canary), "@clinique.example", "@personne.example", "Maude Lavallée", "Côté-Lavallée"];

const logs = [join(dataDir, "logs"), join(dataDir, "postgres", "log")];
const everywhere = {
  adminUrl,
  logs,
  metrics: [ports.webMetrics, ports.workerMetrics].map((port) => `http://127.0.0.1:${port}/metrics`),
};
const readTraces = async () => (await fetch(collector)).text();

test.beforeAll(async ({ request }) => {
  // Spans leave in the order in which they ended: once one that began now has arrived, all before it have.
  const now = BigInt(Date.now()) * 1_000_000n;
  await request.get("/health/live");
  const arrived = async () => {
    const traces = await readTraces();
    return ["chevet-web", "chevet-worker"].filter((service) =>
      traces
        .split(/(?=\{"resourceSpans")/)
        .some(
          (sent) =>
            sent.includes(service) &&
            [...sent.matchAll(/"startTimeUnixNano":"(\d+)"/g)].some(([, at]) => BigInt(at ?? 0) >= now),
        ),
    );
  };
  await expect.poll(arrived, { timeout: 30_000 }).toHaveLength(2);
});

test("there is much to search: statements, debug lines, spans, metrics", async () => {
  const [log, web] = [
    await searchCanaries({ logs }, ["select reference.enter"]),
    await searchCanaries({ logs }, ["web.listening"]),
  ];
  expect(log.length).toBeGreaterThan(0);
  expect(web.length).toBeGreaterThan(0);
  expect(await searchCanaries({ metrics: everywhere.metrics }, ["chevet_transaction_seconds"])).toHaveLength(2);
  expect(await searchCanaries({ texts: { traces: await readTraces() } }, ["chevet.door"])).toHaveLength(1);
});

test("nobody left a trace", async () => {
  expect(await searchCanaries({ ...everywhere, texts: { traces: await readTraces() } }, people)).toEqual([]);
});

test("somebody who did would be found, and where", async () => {
  appendFileSync(join(dataDir, "logs", "planted.log"), `{"level":"info","event":"x","who":"${canary.email}"}\n`);
  // The administrator logs as any server does whose sessions do not say otherwise: a row that breaks a constraint is quoted.
  const loud = adminUrl.split("?")[0] ?? "";
  await asAdmin(loud, async (admin) => {
    await admin.query("create temporary table planted (name text check (name = ''))");
    await admin.query("insert into planted values ($1)", [canary.lastName]).catch(() => undefined);
  });
  await expect
    .poll(
      async () =>
        new Set(
          (await searchCanaries({ logs })).map(
            ({ place, value }) => `${place.replace(dataDir, "").replace(/-\w+\.log$/, "")}: ${value}`,
          ),
        ),
    )
    .toEqual(new Set([`/logs/planted.log: ${canary.email}`, `/postgres/log/postgresql: ${canary.lastName}`]));
});
