import { describe, expect, it } from "vitest";
import { sayWhen } from "#server/schedule/say-when.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("the words of a visit's time", () => {
  const at = "2026-11-24T19:30:00Z";

  it("are those of the place, in both languages", () => {
    expect(plain(sayWhen(at, "America/Toronto", "fr"))).toBe("mardi 24 novembre 2026 à 14 h 30");
    expect(plain(sayWhen(at, "America/Toronto", "en"))).toBe("Tuesday, November 24, 2026 at 2:30 p.m.");
    expect(plain(sayWhen(at, "America/Halifax", "fr", "time"))).toBe("15 h 30");
    expect(plain(sayWhen(at, "America/Toronto", "fr", "short"))).toBe("mar. 24 nov., 14 h 30");
    expect(plain(sayWhen(at, "America/Toronto", "en", "short"))).toBe("Tue, Nov 24, 2:30 p.m.");
    expect(plain(sayWhen(at, "America/Toronto", "fr", "day"))).toBe("mardi 24 novembre 2026");
  });

  it("count the first of a month as French does", () => {
    const first = "2026-12-01T15:00:00Z";
    expect(plain(sayWhen(first, "America/Toronto", "fr"))).toBe("mardi 1er décembre 2026 à 10 h 00");
    expect(plain(sayWhen(first, "America/Toronto", "fr", "short"))).toBe("mar. 1er déc., 10 h 00");
    expect(plain(sayWhen(first, "America/Toronto", "en"))).toBe("Tuesday, December 1, 2026 at 10:00 a.m.");
    expect(plain(sayWhen("2026-12-21T15:00:00Z", "America/Toronto", "fr", "day"))).toBe("lundi 21 décembre 2026");
  });

  it("say midnight and noon as people do", () => {
    expect(plain(sayWhen("2026-07-01T04:00:00Z", "America/Toronto", "fr", "time"))).toBe("0 h 00");
    expect(plain(sayWhen("2026-07-01T04:00:00Z", "America/Toronto", "en", "time"))).toBe("12:00 a.m.");
    expect(plain(sayWhen("2026-07-01T16:05:00Z", "America/Toronto", "en", "time"))).toBe("12:05 p.m.");
  });

  it("never break inside an hour or between a day and its month", () => {
    expect(sayWhen(at, "America/Toronto", "fr")).toMatch(/24\u00a0novembre .*14\u00a0h\u00a030$/);
  });
});
