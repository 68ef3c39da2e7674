import { newId } from "#server/db/new-id.ts";
import { logger } from "#server/logger.ts";
import type { JobContext } from "#server/queue/run-job.ts";

/** A job as the worker runs it, for a clinic. */
export const jobContext = (job: string, clinicId: string, jobId: string): JobContext => ({
  requestId: newId(),
  job,
  clinicId,
  jobId,
  attempt: 1,
  log: logger,
});
