import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#server/db/database.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";

const pool = openDatabase({ url: database.workerUrl, poolSize: 5, pooled: false });
afterAll(() => pool.close());

test("connections cut at any point fail their transaction, and end neither the process nor the next one", async () => {
  let working = true;
  const outcomes = { done: 0, failed: 0 };
  const work = async () => {
    while (working) {
      const one = pool.transact({ role: "relay" }, async (db) => {
        await db.$queryRaw`select 1`;
        await db.$queryRaw`select count(*) from queue.outbox`;
      });
      await one.then(
        () => {
          outcomes.done += 1;
        },
        () => {
          outcomes.failed += 1;
        },
      );
    }
  };
  const workers = Promise.all(Array.from({ length: 8 }, work));
  await asAdmin(database.adminUrl, async (admin) => {
    for (let round = 0; round < 30; round += 1) {
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chevet_worker' and datname = current_database()",
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  working = false;
  await workers;
  expect(outcomes.failed).toBeGreaterThan(0);
  await pool.transact({ role: "relay" }, (db) => db.$queryRaw`select 1`);
});
