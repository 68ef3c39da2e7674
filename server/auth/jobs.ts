import { defineRecurringJob } from "#server/queue/define-job.ts";

/** Expired codes, links, ceremonies and counts of tries go away by themselves. */
export const sweepSignIn = defineRecurringJob({ name: "sweep-sign-in", everyMs: 3_600_000 });
