import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** Some time after a code was asked for: the address of whoever did not come back is forgotten. */
export const forgetContact = defineJob({ name: "forget-contact", payload: ids("checkId") });
