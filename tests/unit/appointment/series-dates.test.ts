import { expect, test } from "vitest";
import { seriesRule } from "#server/appointment/schema.ts";
import { addDays, daysFrom, seriesDates } from "#server/appointment/series-dates.ts";

const dates = (rule: object, first: string) => seriesDates(seriesRule.parse(rule), first);

test("every two weeks on Tuesday and Thursday, weeks beginning on Monday", () => {
  const rule = { frequency: "weekly", every: 2, weekdays: [2, 4], occurrences: 5 };
  // 2027-03-04 is a Thursday: the week's Tuesday is past already.
  expect(dates(rule, "2027-03-04")).toEqual(["2027-03-04", "2027-03-16", "2027-03-18", "2027-03-30", "2027-04-01"]);
});

test("the first day counts, chosen or not, and a Sunday ends its week", () => {
  const rule = { frequency: "weekly", weekdays: [1], occurrences: 3 };
  expect(dates(rule, "2027-03-07")).toEqual(["2027-03-07", "2027-03-08", "2027-03-14"]);
});

test("the 31st of each month leaves out the months that have none (RFC 5545)", () => {
  const rule = { frequency: "monthly", occurrences: 4 };
  expect(dates(rule, "2027-01-31")).toEqual(["2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31"]);
  expect(dates({ ...rule, every: 12, occurrences: 2 }, "2028-02-29")).toEqual(["2028-02-29", "2032-02-29"]);
});

test("days are counted across a change of clocks", () => {
  expect(addDays("2027-03-13", 2)).toBe("2027-03-15");
  expect(daysFrom("2027-11-08", "2027-11-01")).toBe(-7);
});
