import { z } from "zod";
import { fileDocumentInput } from "#server/document/schema.ts";
import { day, id, line, optionalLine, version } from "#server/schema.ts";

/** Where a request for a consultation stands (FHIR R4 ServiceRequest). Browser-safe. */

export const referralStatuses = ["draft", "signed", "sent", "booked", "seen", "report-received", "cancelled"] as const;
export type ReferralStatus = (typeof referralStatuses)[number];

/** Which requests: those to send, those waited for, those late, those answered, those called off. */
export const referralViews = ["open", "late", "to-send", "booked", "answered", "cancelled"] as const;
export type ReferralView = (typeof referralViews)[number];

/** Of these, what the front desk sends and books. */
export const deskReferralViews = ["to-send", "open", "late", "booked"] as const;
export type DeskReferralView = (typeof deskReferralViews)[number];

/** How it went, when it is marked by hand. */
export const sentHows = ["fax", "mail", "desk", "by-hand", "electronic"] as const;
export type SentHow = (typeof sentHows)[number];

/** A report is hoped for so many days after its appointment. */
const reportDays = 14;

/** An answer comes after the appointment that it is of: what to propose when it was expected before. @returns null when nothing was expected */
export function expectedAfter(expectedOn: string | null, bookedOn: string | null): string | null {
  if (!expectedOn || !bookedOn || bookedOn <= expectedOn) return expectedOn;
  return new Date(Date.parse(`${bookedOn}T00:00:00Z`) + reportDays * 86_400_000).toISOString().slice(0, 10);
}

/** `id` is the letter's, made by the screen; `requestId` the request's. */
export const startReferralInput = z.object({
  id,
  requestId: id,
  patientId: id,
  templateId: id.nullable().default(null),
});
export type StartReferralInput = z.output<typeof startReferralInput>;

export const markSentInput = z.object({ id, version, on: day, how: z.enum(sentHows) });
export type MarkSentInput = z.output<typeof markSentInput>;

/** `expectedOn`: when an answer is expected now that the appointment is known; left out, as it was. A request that waits always has such a day. */
export const markBookedInput = z.object({
  id,
  version,
  on: day,
  note: optionalLine(300).default(""),
  expectedOn: day.optional(),
});
export type MarkBookedInput = z.output<typeof markBookedInput>;

export const markSeenInput = z.object({ id, version, on: day, note: optionalLine(300).default("") });
export type MarkSeenInput = z.output<typeof markSeenInput>;

export const receiveReportInput = z.object({ id, version, documentId: id });
export type ReceiveReportInput = z.output<typeof receiveReportInput>;

/** A document that waits in the inbox, as it is filed, and the request that it answers. */
export const fileReportInput = fileDocumentInput.extend({ answers: z.object({ id, version }) });
export type FileReportInput = z.output<typeof fileReportInput>;

export const cancelReferralInput = z.object({ id, version, reason: line(300) });
export type CancelReferralInput = z.output<typeof cancelReferralInput>;

export const takeBackInput = z.object({ id, version, reason: line(300) });
export type TakeBackInput = z.output<typeof takeBackInput>;

export const expectInput = z.object({ id, version, on: day });
export type ExpectInput = z.output<typeof expectInput>;

export const openReferralsInput = z.object({ patientId: id });
export type OpenReferralsInput = z.output<typeof openReferralsInput>;

/** The soonest expected first; `after` is the last id of the page before. */
export const listReferralsInput = z.object({
  view: z.enum(referralViews).default("open"),
  mine: z.boolean().default(false),
  after: id.optional(),
  most: z.int().min(1).max(100).default(50),
  refresh: z.boolean().default(false),
});
export type ListReferralsInput = z.output<typeof listReferralsInput>;

/** For the front desk: what is to be sent first. */
export const listDeskReferralsInput = z.object({
  view: z.enum(deskReferralViews).default("to-send"),
  after: id.optional(),
  most: z.int().min(1).max(100).default(50),
  refresh: z.boolean().default(false),
});
export type ListDeskReferralsInput = z.output<typeof listDeskReferralsInput>;
