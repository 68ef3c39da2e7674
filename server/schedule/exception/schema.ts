import { z } from "zod";
import { day, id, optionalLine, page, version } from "#server/schema.ts";

/** Browser-safe. */

export const exceptionReasons = ["leave", "closure", "holiday", "extra", "other"] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];

/** Wall time of the place: whole days are from 0 to 1440. */
const span = z.object({
  /** For staff alone: why somebody is away is nobody else's affair. */
  title: optionalLine(200),
  fromDate: day,
  fromMinute: z.int("schedule.time").min(0, "schedule.time").max(1439, "schedule.time"),
  untilDate: day,
  untilMinute: z.int("schedule.time").min(1, "schedule.time").max(1440, "schedule.time"),
});
type Span = z.output<typeof span>;

function refuseBackwards({ fromDate, fromMinute, untilDate, untilMinute }: Span, check: z.RefinementCtx): void {
  const say = (path: string, message: string) => check.addIssue({ code: "custom", path: [path], message });
  if (untilDate < fromDate) say("untilDate", "schedule.endBeforeStart");
  else if (untilDate === fromDate && untilMinute <= fromMinute) say("untilMinute", "schedule.untilBeforeFrom");
}

const added = span.extend({
  reason: z.enum(exceptionReasons, "required"),
  /** A practitioner, a room or a device; null for everybody. */
  resourceId: id.nullable(),
  /** null for every location. */
  locationId: id.nullable(),
});

/** Who and where go with why: a leave is somebody's, a closure everybody's, extra hours are somewhere, on one day. */
function refuseMismatch(input: z.output<typeof added>, check: z.RefinementCtx): void {
  refuseBackwards(input, check);
  const say = (path: string, message: string) => check.addIssue({ code: "custom", path: [path], message });
  const { reason, resourceId, locationId } = input;
  if ((reason === "leave" || reason === "extra") && resourceId === null) say("resourceId", "required");
  if ((reason === "closure" || reason === "holiday") && resourceId !== null) say("resourceId", "malformed");
  if (reason === "extra" && locationId === null) say("locationId", "required");
  if (reason === "extra" && input.untilDate !== input.fromDate) say("untilDate", "schedule.extraOneDay");
}

/** What the form holds, judged as the server will. */
export const exceptionCard = added.superRefine(refuseMismatch);

/** `id` is made by the screen that opened the form: sent twice, it is one exception. */
export const addExceptionInput = added.extend({ id }).superRefine(refuseMismatch);
export type AddExceptionInput = z.output<typeof addExceptionInput>;

/** Whose it is, where and why stay: another of those is another exception. */
export const changeExceptionInput = span.extend({ id, version }).superRefine(refuseBackwards);
export type ChangeExceptionInput = z.output<typeof changeExceptionInput>;

export const removeExceptionInput = z.object({ id, version });
export type RemoveExceptionInput = z.output<typeof removeExceptionInput>;

/** Those that are not over, the next first; of one resource alone when it is given. */
export const listExceptionsInput = page.extend({ resourceId: id.optional() });
export type ListExceptionsInput = z.output<typeof listExceptionsInput>;

export const acceptHolidaysInput = z.object({ dates: z.array(day).min(1, "required").max(40, "malformed") });
export type AcceptHolidaysInput = z.output<typeof acceptHolidaysInput>;
