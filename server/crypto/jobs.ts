import { defineRecurringJob } from "#server/queue/define-job.ts";

/** Moves data keys to the current key-encryption key: a rotation that was begun always ends, whoever stopped it. */
export const rewrapDataKeys = defineRecurringJob({ name: "rewrap-data-keys", everyMs: 60 * 60 * 1000 });
