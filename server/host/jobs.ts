import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** What the host decided of a clinic: its journal and its owners learn it. The host's role can reach neither. */
const decided = ids("clinicId", "operatorId");

export const clinicApproved = defineJob({ name: "clinic-approved", payload: decided });
export const clinicSuspended = defineJob({ name: "clinic-suspended", payload: decided });
/** Approved again after a suspension. */
export const clinicReinstated = defineJob({ name: "clinic-reinstated", payload: decided });
