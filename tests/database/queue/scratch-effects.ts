import pg from "pg";
import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** A deed that can be counted: one row per time it was done, in a table that exists in tests only. */

export const countOnce = defineJob({
  name: "count-once",
  payload: ids("subjectId"),
  retry: { attempts: 8, firstDelayMs: 50 },
});

export async function makeEffectsTable(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, (admin) =>
    admin.query(`
      create table queue.test_effect (job_id uuid not null, subject_id uuid not null, at timestamptz not null default now());
      grant insert, select on queue.test_effect to chevet_relay`),
  );
}

export async function asAdmin<T>(adminUrl: string, act: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl });
  // A test kills the server on purpose; the connection that goes with it is no failure of the test.
  admin.on("error", () => undefined);
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.end().catch(() => undefined);
  }
}
