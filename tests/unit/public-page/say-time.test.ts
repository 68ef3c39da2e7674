import { describe, expect, it } from "vitest";
import { linksOf, otherLanguage } from "#app/c/_page/links.ts";
import { sayDays, sayMinute, sayPlace } from "#app/c/_page/say-time.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const words = { today: "aujourd’hui", tomorrow: "demain" };
const now = new Date("2026-11-24T13:00:00Z");
const near = (startsAt: string, timeZone = "America/Toronto") =>
  plain(sayPlace({ startsAt, timeZone }, now, "fr", words).near);

describe("the words of a public page", () => {
  it("say a free time as one would", () => {
    expect(near("2026-11-24T19:30:00Z")).toBe("aujourd’hui, 14 h 30");
    expect(near("2026-11-25T13:40:00Z")).toBe("demain, 8 h 40");
    expect(near("2026-11-26T14:15:00Z")).toBe("jeudi, 9 h 15");
    expect(near("2026-12-02T15:30:00Z")).toBe("mer. 2 déc., 10 h 30");
    // Late in the evening of Québec it is tomorrow already in UTC, and not for whoever comes.
    expect(near("2026-11-25T01:00:00Z")).toBe("aujourd’hui, 20 h 00");
    expect(
      plain(sayPlace({ startsAt: "2026-12-02T15:30:00Z", timeZone: "America/Toronto" }, now, "en", words).near),
    ).toBe("Wed, Dec 2, 10:30 a.m.");
  });

  it("say hours of the wall", () => {
    expect(plain(sayMinute(1200, "fr"))).toBe("20 h");
    expect(plain(sayMinute(510, "fr"))).toBe("8 h 30");
    expect(plain(sayMinute(1440, "fr"))).toBe("24 h");
    expect(plain(sayMinute(1200, "en"))).toBe("8 p.m.");
    expect(plain(sayMinute(720, "en"))).toBe("12 p.m.");
    expect(plain(sayMinute(510, "en"))).toBe("8:30 a.m.");
  });

  it("say the month of some days once", () => {
    expect(sayDays("2026-12-24", "2026-12-26", "fr").from).toBe("24");
    expect(plain(sayDays("2026-12-24", "2026-12-26", "fr").until)).toBe("26 décembre");
    expect(plain(sayDays("2026-12-31", "2027-01-01", "fr").until)).toBe("1er janvier");
    expect(plain(sayDays("2026-12-24", "2026-12-26", "en").from)).toBe("December 24");
    expect(sayDays("2026-12-24", "2026-12-26", "en").until).toBe("26");
  });
});

describe("its links", () => {
  it("keep English, and need no word for French", () => {
    expect(linksOf("x", "fr").bookService("7")).toBe("/c/x/rendez-vous?service=7");
    expect(linksOf("x", "en").bookWith("9", "7")).toBe("/c/x/rendez-vous?service=7&soignant=9&lang=en");
    expect(linksOf("x", "en").home).toBe("/c/x?lang=en");
  });

  it("lead to the same page in the other language", () => {
    expect(otherLanguage("/c/x/rendez-vous?service=7", "fr")).toBe("/c/x/rendez-vous?service=7&lang=en");
    expect(otherLanguage("/c/x?lang=en", "en")).toBe("/c/x");
  });
});
