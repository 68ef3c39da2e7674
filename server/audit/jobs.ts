import { defineRecurringJob } from "#server/queue/define-job.ts";

/** Seals and signs the journals that have something new. */
export const sealJournals = defineRecurringJob({ name: "seal-journals", everyMs: 10_000 });
