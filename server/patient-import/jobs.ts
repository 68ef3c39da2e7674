import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** Some hundred lines of a file, then asks for the next: a worker that is killed leaves what it finished, and the same lines are tried again. */
export const importLines = defineJob({ name: "import-lines", payload: ids("importId") });
