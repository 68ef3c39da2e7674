import { defineRecurringJob } from "#server/queue/define-job.ts";

/** Erases, in every clinic, what was typed by people whom nobody matched and whose time is up. */
export const eraseRequests = defineRecurringJob({ name: "erase-requests", everyMs: 6 * 60 * 60 * 1000 });
