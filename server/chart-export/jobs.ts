import { defineJob, defineRecurringJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** Makes a patient's chart into one file, as whoever asked may see it. Killed half-way, it begins again: nothing was kept. */
export const makeChartExport = defineJob({
  name: "make-chart-export",
  payload: ids("exportId", "userId"),
  retry: { attempts: 3, firstDelayMs: 10_000 },
});

/** Files whose days are over are removed. */
export const expireChartExports = defineRecurringJob({ name: "expire-chart-exports", everyMs: 3_600_000 });
