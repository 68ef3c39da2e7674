import { defineJob, defineRecurringJob } from "#server/queue/define-job.ts";
import { ids } from "#server/queue/ids.ts";

/** Asked for by the triggers of clinic.appointment and clinic.sitting, in the transaction of the change. */
export const planAppointment = defineJob({ name: "plan-appointment", payload: ids("appointmentId") });
export const planSitting = defineJob({ name: "plan-sitting", payload: ids("sittingId") });
/** The rules or the quiet hours changed: every visit to come is planned anew, a part at a time. */
export const planClinic = defineJob({ name: "plan-clinic", payload: ids("clinicId") });

/** Ten tries over about an hour and a half; what is then no longer useful is not sent. */
export const sendMessage = defineJob({ name: "send-message", payload: ids("messageId") });
/** Asks the carrier what became of a text message. */
export const followText = defineJob({ name: "follow-text", payload: ids("messageId") });
/** Somebody asked for no more messages: by the link of a mail, or by STOP. */
export const withdrawContact = defineJob({ name: "withdraw-contact", payload: ids("standingId") });

export const readTextReplies = defineRecurringJob({ name: "read-text-replies", everyMs: 60_000 });
