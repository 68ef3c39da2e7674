import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** Two records of one person become one. */
export const mergePatients = defineJob({ name: "merge-patients", payload: ids("mergeId") });

/** And two again. */
export const partPatients = defineJob({ name: "part-patients", payload: ids("mergeId") });
