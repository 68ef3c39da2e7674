import { afterAll, expect, test } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { registry } from "#server/observability/metrics.ts";
import { measureOutbox } from "#server/queue/measure-outbox.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";

afterAll(closeDatabases);

test("what is due is counted, handed over or not, and what waits for its day is not", async () => {
  await asAdmin(database.adminUrl, (admin) =>
    admin.query(
      `insert into queue.outbox (id, job, payload, run_at, relayed_at)
       select gen_random_uuid(), 'sweep-queue', '{}', now() + v.due, v.relayed
       from (values (interval '-1 hour', null), (interval '-2 minutes', now()), (interval '3 days', null), (interval '40 days', null)) v (due, relayed)`,
    ),
  );
  measureOutbox();
  // One look fills all gauges, those that were told before it for the next scrape.
  await registry.metrics();
  const told = await registry.metrics();
  expect(told).toMatch(/^chevet_outbox_owed 2$/m);
  expect(Number(/^chevet_outbox_oldest_seconds (\S+)$/m.exec(told)?.[1])).toBeCloseTo(3600, -2);
});
