import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  sayMinute,
  wallClock,
  weekOf,
  weeksOfMonth,
} from "#app/clinic/[clinic]/_schedule/wall-time.ts";

describe("the agenda's days and times", () => {
  it("count days and months as a calendar does", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2026-03-08", -1)).toBe("2026-03-07");
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
    expect(addMonths("2026-11-24", -11)).toBe("2025-12-24");
  });

  it("begin a week on Monday, and hold a month in whole weeks", () => {
    expect(weekOf("2026-11-24")).toEqual([23, 24, 25, 26, 27, 28, 29].map((day) => `2026-11-${day}`));
    expect(weekOf("2026-11-22")[0]).toBe("2026-11-16");
    const weeks = weeksOfMonth("2026-11-24");
    expect(weeks.map(([monday]) => monday)).toEqual([
      "2026-10-26",
      "2026-11-02",
      "2026-11-09",
      "2026-11-16",
      "2026-11-23",
      "2026-11-30",
    ]);
  });

  it("say a time in both languages, past midnight too", () => {
    expect(sayMinute(620, "fr")).toBe("10\u00a0h\u00a020");
    expect(sayMinute(870, "en")).toBe("2:30\u00a0p.m.");
    expect(sayMinute(1440, "fr")).toBe("0\u00a0h\u00a000");
  });

  it("know what the wall of another place says", () => {
    expect(wallClock("America/Toronto")(new Date("2026-11-24T03:30:00Z"))).toEqual({ day: "2026-11-23", minute: 1350 });
    expect(wallClock("America/Halifax")("2026-11-24T03:30:00Z")).toEqual({ day: "2026-11-23", minute: 1410 });
  });
});
