import { z } from "zod";
import { day, id } from "#server/schema.ts";
import { meetsOnce } from "./meets-once.ts";

/** Browser-safe. Wall time is minutes since midnight; weekdays are ISO 8601's (1 is Monday). */

const minute = (most: number) => z.int("schedule.time").min(0, "schedule.time").max(most, "schedule.time");

const rule = z.object({
  /** Kept by a rule that stays, made by the screen for a new one. */
  id,
  /** « closed » takes away from what is open: a lunch, a service that is not given that morning. */
  kind: z.enum(["open", "closed"], "required"),
  weekday: z.int("malformed").min(1, "malformed").max(7, "malformed"),
  fromMinute: minute(1439),
  untilMinute: minute(1440),
  /** null: every service (open), or none at all (closed). */
  serviceId: id.nullable(),
  /** A closed rule that is for new patients only. */
  newPatients: z.boolean(),
  validFrom: day,
  /** The last day; null for one that has no end. */
  validUntil: day.nullable(),
  /** Every second week, counted from the week of `validFrom`. */
  everyWeeks: z.int("malformed").min(1, "malformed").max(8, "malformed"),
});
export type HoursRule = z.output<typeof rule>;

export const hoursRules = z
  .array(rule)
  .max(200, "schedule.tooManyRules")
  .superRefine((rules, check) => {
    const say = (index: number, name: string, message: string) =>
      check.addIssue({ code: "custom", path: [index, name], message });
    rules.forEach((one, index) => {
      if (one.untilMinute <= one.fromMinute) say(index, "untilMinute", "schedule.untilBeforeFrom");
      if (one.validUntil !== null && one.validUntil < one.validFrom)
        say(index, "validUntil", "schedule.endBeforeStart");
      if (one.newPatients && one.kind === "open") say(index, "newPatients", "malformed");
      const before = rules.slice(0, index);
      if (before.some(({ id }) => id === one.id)) say(index, "id", "malformed");
      if (before.some((other) => overlaps(one, other))) say(index, "fromMinute", "schedule.overlap");
    });
  });

/** Two that open, or two that close, the same thing at the same time: one of them is a mistake. */
function overlaps(one: HoursRule, other: HoursRule): boolean {
  return (
    one.kind === other.kind &&
    one.serviceId === other.serviceId &&
    one.newPatients === other.newPatients &&
    one.weekday === other.weekday &&
    one.fromMinute < other.untilMinute &&
    other.fromMinute < one.untilMinute &&
    meetsOnce(one, other)
  );
}

/** A practitioner's week at a location, or with null the opening hours of the location itself. */
export const readHoursInput = z.object({ resourceId: id.nullable() });

/** The whole week as it will be; `stamp` is the one that the screen was showing. */
export const replaceHoursInput = z.object({
  resourceId: id.nullable(),
  locationId: id,
  stamp: z.string("malformed").regex(/^\d{1,18}$/, "malformed"),
  rules: hoursRules,
});
export type ReplaceHoursInput = z.output<typeof replaceHoursInput>;
