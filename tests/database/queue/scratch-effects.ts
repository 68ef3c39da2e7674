import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";
import { asAdmin } from "#tests/database/as-admin.ts";

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
