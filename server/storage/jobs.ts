import { defineRecurringJob } from "#server/queue/define-job.ts";

/** Removes what failed uploads left behind. */
export const sweepFiles = defineRecurringJob({ name: "sweep-storage", everyMs: 24 * 60 * 60 * 1000 });
