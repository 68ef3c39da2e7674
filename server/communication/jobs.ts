import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** Sends one fax, for whoever asked. The last try that the service did not take is a failure that a person sees. */
export const sendFax = defineJob({
  name: "send-fax",
  payload: ids("communicationId", "userId"),
  retry: { attempts: 5, firstDelayMs: 15_000 },
});

/** Asks the service what became of a fax that it took. */
export const followFax = defineJob({ name: "follow-fax", payload: ids("communicationId", "userId") });

/** Makes the code of a link and sends it by text message: it stands in no queue. */
export const sendLinkCode = defineJob({
  name: "send-link-code",
  payload: ids("communicationId", "userId"),
  retry: { attempts: 4, firstDelayMs: 10_000 },
});
