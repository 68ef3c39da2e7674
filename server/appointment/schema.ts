import { z } from "zod";
import { id, line, optionalLine, version } from "#server/schema.ts";

/** A day of a place, `YYYY-MM-DD`. */
const day = z.iso.date("malformed").refine((text) => text >= "2000-01-01" && text <= "2199-12-31", "malformed");
/** Minutes since midnight, wall time. */
const minute = z.int("malformed").min(0, "malformed").max(1439, "malformed");
const duration = z.int("malformed").min(5, "malformed").max(1440, "malformed");
const resourceIds = z.array(id).min(1).max(200);

const daysBetween = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / 86_400_000;
/** The longest stretch that one reading shows: a month's page of six weeks. */
export const mostDays = 42;

export const agendaInput = z
  .object({
    from: day,
    /** Included. */
    until: day,
    locationId: id.optional(),
    resourceIds: resourceIds.optional(),
    /** The view reads again by itself: the journal tells only whom it shows anew. */
    refresh: z.boolean().default(false),
  })
  .refine(({ from, until }) => until >= from && daysBetween(from, until) < mostDays, {
    path: ["until"],
    message: "appointment.tooManyDays",
  });
export type AgendaInput = z.output<typeof agendaInput>;

export const boardInput = z.object({ date: day, locationId: id.optional(), refresh: z.boolean().default(false) });
export type BoardInput = z.output<typeof boardInput>;

export const mineInput = z.object({ date: day.optional(), refresh: z.boolean().default(false) });
export type MineInput = z.output<typeof mineInput>;

export const readAppointmentInput = z.object({ id, refresh: z.boolean().default(false) });
export type ReadAppointmentInput = z.output<typeof readAppointmentInput>;

/** `from` and `until` are days of the clinic, both included. */
export const slotsInput = z
  .object({
    serviceId: id,
    from: day,
    until: day,
    resourceIds: resourceIds.optional(),
    locationIds: z.array(id).min(1).max(50).optional(),
    newPatient: z.boolean().default(false),
    /** The time of this sitting counts as free: it is about to move. */
    ignoreSittingId: id.optional(),
    limit: z.int().min(1).max(500).default(100),
  })
  .refine(({ from, until }) => until >= from && daysBetween(from, until) < mostDays, {
    path: ["until"],
    message: "appointment.tooManyDays",
  });
export type SlotsInput = z.output<typeof slotsInput>;

/** The first free time from a day on, up to a year ahead. */
export const nextInput = z.object({
  serviceId: id,
  from: day.optional(),
  resourceIds: resourceIds.optional(),
  locationIds: z.array(id).min(1).max(50).optional(),
  newPatient: z.boolean().default(false),
});
export type NextInput = z.output<typeof nextInput>;

/** A wall time at a place. Left out, `resourceId` is whoever of the service is least busy; `durationMinutes` is the service's. */
const at = z.object({
  serviceId: id,
  locationId: id,
  date: day,
  minute,
  resourceId: id.optional(),
  durationMinutes: duration.optional(),
});

export const explainInput = at.extend({
  newPatient: z.boolean().default(false),
  ignoreSittingId: id.optional(),
});
export type ExplainInput = z.output<typeof explainInput>;

/** Why somebody is booked over what is there: kept beside the booking. */
const overbookReason = optionalLine(300)
  .refine((text) => text === "" || [...text].length >= 3, "appointment.overbookReason")
  .optional();
const reason = optionalLine(500);

export const seriesFrequencies = ["weekly", "monthly"] as const;
/** RFC 5545 in closed words; the first visit counts as one. `weekdays` (1 is Monday) only weekly: none is the first one's day. */
export const seriesRule = z
  .object({
    frequency: z.enum(seriesFrequencies),
    every: z.int().min(1).max(12).default(1),
    weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
    occurrences: z.int("malformed").min(2, "appointment.occurrences").max(104, "appointment.occurrences"),
    /** Leave out the dates that are taken, instead of refusing them all. */
    skipTaken: z.boolean().default(false),
  })
  .refine(({ frequency, weekdays }) => frequency === "weekly" || weekdays.length === 0, {
    path: ["weekdays"],
    message: "malformed",
  });
export type SeriesRule = z.output<typeof seriesRule>;

export const visitModes = ["in-person", "phone", "video"] as const;

/** `id` is the appointment's, `sittingId` the time's; both are made by the screen, so that a form sent twice books once. */
export const bookInput = at.extend({
  id,
  sittingId: id,
  patientId: id,
  mode: z.enum(visitModes).optional(),
  reason: reason.default(""),
  newPatient: z.boolean().optional(),
  source: z.enum(["staff", "walk-in"]).default("staff"),
  overbookReason,
  series: seriesRule.optional(),
});
export type BookInput = z.output<typeof bookInput>;

export const joinInput = z.object({ id, sittingId: id, patientId: id, reason: reason.default("") });
export type JoinInput = z.output<typeof joinInput>;

/** `id` is the sitting's. `capacity` left out is the service's. */
export const openGroupInput = at.extend({
  id,
  mode: z.enum(visitModes).optional(),
  title: optionalLine(200).default(""),
  capacity: z.int().min(1).max(200).optional(),
  overbookReason,
  series: seriesRule.optional(),
});
export type OpenGroupInput = z.output<typeof openGroupInput>;

/** Time that nobody can book. `id` is the sitting's. */
export const blockInput = z.object({
  id,
  resourceId: id,
  locationId: id,
  date: day,
  minute,
  durationMinutes: duration,
  title: optionalLine(200).default(""),
  overbookReason,
});
export type BlockInput = z.output<typeof blockInput>;

/** Takes away a blocked time, or a group that nobody is in. */
export const unblockInput = z.object({ id, version });
export type UnblockInput = z.output<typeof unblockInput>;

/** Of a series: this one, it and those after it, or all that are still to come. */
export const scopes = ["this", "following", "all"] as const;
const scope = z.enum(scopes).default("this");

export const moveInput = z.object({
  sittingId: id,
  version,
  date: day,
  minute,
  /** Another column; left out, it stays where it is. */
  resourceId: id.optional(),
  locationId: id.optional(),
  durationMinutes: duration.optional(),
  scope,
  overbookReason,
});
export type MoveInput = z.output<typeof moveInput>;

export const cancelInput = z.object({
  id,
  version,
  by: z.enum(["patient", "clinic"]),
  reason: optionalLine(300).default(""),
  scope,
});
export type CancelInput = z.output<typeof cancelInput>;

/** Takes a cancellation back, when the time is still free (or by overbooking it). */
export const restoreInput = z.object({ id, version, overbookReason });
export type RestoreInput = z.output<typeof restoreInput>;

/** The states of a visit's day, in order, and the one of who did not come. */
export const stages = ["expected", "arrived", "roomed", "with-professional", "done", "noshow"] as const;
export type Stage = (typeof stages)[number];

/**
 * Which states may follow one: any further on, and one step back to take a mistake back. Whoever did not come may still come.
 * Cancelled and entered in error are reached, and left, by their own gestures.
 */
export function nextStages(from: Stage): readonly Stage[] {
  if (from === "noshow") return ["expected", "arrived"];
  const steps = stages.slice(0, 5);
  const place = steps.indexOf(from);
  const ahead = steps.slice(place + 1);
  if (from === "expected") return [...ahead, "noshow"];
  return [steps[place - 1] as Stage, ...ahead];
}

export const advanceInput = z.object({ id, version, to: z.enum(stages), roomId: id.nullish() });
export type AdvanceInput = z.output<typeof advanceInput>;

export const confirmInput = z.object({ id, version, confirmed: z.boolean().default(true) });
export type ConfirmInput = z.output<typeof confirmInput>;

export const changeReasonInput = z.object({ id, version, reason });
export type ChangeReasonInput = z.output<typeof changeReasonInput>;

export const revokeLinksInput = z.object({ id });
export type RevokeLinksInput = z.output<typeof revokeLinksInput>;

export const enteredInErrorInput = z.object({ id, version, reason: line(300) });
export type EnteredInErrorInput = z.output<typeof enteredInErrorInput>;

/** Days of the clinic, both included: at most two years. */
export const ratesInput = z
  .object({ from: day, until: day, locationId: id.optional() })
  .refine(({ from, until }) => until >= from && daysBetween(from, until) <= 732, {
    path: ["until"],
    message: "appointment.tooManyDays",
  });
export type RatesInput = z.output<typeof ratesInput>;
