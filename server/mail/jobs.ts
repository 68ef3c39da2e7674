import { defineJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** A mail came back after it had been taken: its clinic writes that down. */
export const noteBounce = defineJob({ name: "note-bounce", payload: ids("returnId") });

/** Twelve tries over about six hours: a mail server is restarted, not mended, in that time; then an operator decides. */
export const deliverMail = defineJob({
  name: "deliver-mail",
  payload: ids("deliveryId"),
  retry: { attempts: 12, firstDelayMs: 5_000 },
});
