import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** A clinic was approved: its journal and its owners learn it. The host's role can reach neither. */
export const clinicApproved = defineJob({ name: "clinic-approved", payload: ids("clinicId", "operatorId") });

/** A clinic was suspended: its journal keeps who decided. */
export const clinicSuspended = defineJob({ name: "clinic-suspended", payload: ids("clinicId", "operatorId") });
