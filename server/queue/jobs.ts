import { defineRecurringJob } from "./define-job.ts";

/** Old dead letters and settled deliveries go away by themselves. */
export const sweepQueue = defineRecurringJob({ name: "sweep-queue", everyMs: 3_600_000 });
