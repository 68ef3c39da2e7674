import { describe, expect, it } from "vitest";
import { quebecHolidays } from "#server/schedule/exception/quebec-holidays.ts";

/** The lists that CNESST and the calendar of the Government of Québec give, copied by hand. */
const known: Record<number, string[]> = {
  2026: ["01-01", "04-03", "04-06", "05-18", "06-24", "07-01", "09-07", "10-12", "12-25"],
  2027: ["01-01", "03-26", "03-29", "05-24", "06-24", "07-01", "09-06", "10-11", "12-25"],
  2028: ["01-01", "04-14", "04-17", "05-22", "06-24", "07-01", "09-04", "10-09", "12-25"],
};

describe("statutory holidays of Québec", () => {
  it.each([2026, 2027, 2028])("%i", (year) => {
    expect(quebecHolidays(year, false).map(({ date }) => date)).toEqual(known[year]?.map((day) => `${year}-${day}`));
    // None of the two falls on a Sunday in these years: who works on Sundays changes nothing.
    expect(quebecHolidays(year, true)).toEqual(quebecHolidays(year, false));
  });

  it("move 1 July off a Sunday for everybody, and 24 June only for those who do not work on Sundays", () => {
    const dayOf = (year: number, sundays: boolean, key: string) =>
      quebecHolidays(year, sundays).find((one) => one.key === key)?.date;
    for (const year of [2018, 2029]) {
      expect(dayOf(year, false, "national")).toBe(`${year}-06-25`);
      expect(dayOf(year, true, "national")).toBe(`${year}-06-24`);
      expect(dayOf(year, false, "canada")).toBe(`${year}-07-02`);
      expect(dayOf(year, true, "canada")).toBe(`${year}-07-02`);
    }
  });

  it("have the Patriots' day before 25 May, never on it, and Easter where the Church has it", () => {
    // 25 May 2026 and 2037 are Mondays: the day is the week before.
    expect(quebecHolidays(2037, false).find(({ key }) => key === "patriots")?.date).toBe("2037-05-18");
    const easterMondays = { 2008: "03-24", 2011: "04-25", 2019: "04-22", 2024: "04-01", 2038: "04-26", 2049: "04-19" };
    for (const [year, day] of Object.entries(easterMondays))
      expect(quebecHolidays(Number(year), false).find(({ key }) => key === "easterMonday")?.date).toBe(
        `${year}-${day}`,
      );
  });
});
