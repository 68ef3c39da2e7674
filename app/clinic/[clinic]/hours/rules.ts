import { v7 } from "uuid";
import type { HoursRule } from "#server/schedule/hours/schema.ts";

/** ISO 8601: Monday first. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Hours that hold every week for every service: what the editor shows as two times and nothing more. */
export const isPlain = (rule: HoursRule, today: string) =>
  rule.kind === "open" &&
  rule.serviceId === null &&
  rule.everyWeeks === 1 &&
  rule.validUntil === null &&
  rule.validFrom <= today;

/** What follows the last range of a day: the afternoon after the morning, an hour's break between. */
export function nextRange(day: readonly HoursRule[], weekday: number, today: string): HoursRule {
  const last = Math.max(0, ...day.filter(({ kind }) => kind === "open").map(({ untilMinute }) => untilMinute));
  const fromMinute = last === 0 ? 480 : Math.min(last + 60, 1380);
  return {
    id: v7(),
    kind: "open",
    weekday,
    fromMinute,
    untilMinute: Math.min(fromMinute + 240, 1440),
    serviceId: null,
    newPatients: false,
    validFrom: today,
    validUntil: null,
    everyWeeks: 1,
  };
}

/** The week with one day copied onto others, what was there replaced. */
export function copyDay(rules: readonly HoursRule[], from: number, onto: readonly number[]): HoursRule[] {
  const copied = rules.filter(({ weekday }) => weekday === from);
  return [
    ...rules.filter(({ weekday }) => !onto.includes(weekday)),
    ...onto.flatMap((weekday) => copied.map((rule) => ({ ...rule, id: v7(), weekday }))),
  ];
}

/** Somebody else's week under ids of its own; it holds from today. */
export const copyWeek = (rules: readonly HoursRule[], today: string): HoursRule[] =>
  rules.filter(({ validUntil }) => validUntil === null || validUntil >= today).map((rule) => ({ ...rule, id: v7() }));

/** Minutes that are open in a usual week. */
export const openMinutes = (rules: readonly HoursRule[], today: string): number =>
  rules
    .filter((rule) => isPlain(rule, today))
    .reduce((sum, { fromMinute, untilMinute }) => sum + Math.max(0, untilMinute - fromMinute), 0);
