import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** A task that nobody opened in time is told to somebody else. Asked for when it is given; what happened meanwhile is read again. */
export const escalateTask = defineJob({ name: "escalate-task", payload: ids("taskId") });
