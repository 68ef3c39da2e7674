import ICAL from "ical.js";
import nodeIcal from "node-ical";
import { describe, expect, test } from "vitest";
import { renderIcs } from "#server/calendar/render-ics.ts";
import { renderVisitIcs } from "#server/calendar/render-visit-ics.ts";

const id = "0193a0c0-0000-7000-8000-00000000000a";
const visit = {
  id,
  changedAt: new Date("2026-11-24T12:00:00Z"),
  startsAt: new Date("2026-12-01T19:30:00Z"),
  endsAt: new Date("2026-12-01T20:00:00Z"),
  cancelled: false,
  clinicName: "Clinique de l’Érable; 2e étage, porte \\B",
  location: "12, rue de l’Église, Saint-Jérôme",
  link: "https://chevet.example/c/erable/rendez-vous#abc",
  locale: "fr" as const,
  domain: "chevet.example",
  email: "clinique@chevet.example",
};

/** Both parsers' reading of the same text, in one shape. */
function read(text: string) {
  const root = new ICAL.Component(ICAL.parse(text));
  const first = root.getAllSubcomponents("vevent").map((vevent) => {
    const event = new ICAL.Event(vevent);
    return {
      uid: event.uid,
      sequence: Number(vevent.getFirstPropertyValue("sequence")),
      summary: event.summary,
      location: event.location,
      description: event.description,
      url: vevent.getFirstPropertyValue("url"),
      status: vevent.getFirstPropertyValue("status"),
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      stamp: (vevent.getFirstPropertyValue("dtstamp") as ICAL.Time).toJSDate().toISOString(),
    };
  });
  const second = Object.values(nodeIcal.sync.parseICS(text))
    .filter((part) => part?.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      sequence: Number(event.sequence),
      summary: event.summary,
      location: event.location ?? null,
      description: event.description ?? null,
      // With its parameters, when it has some.
      url: (event.url as { val?: string } | undefined)?.val ?? event.url ?? null,
      status: event.status,
      start: event.start.toISOString(),
      end: event.end?.toISOString(),
      stamp: event.dtstamp.toISOString(),
    }));
  return { first, second, method: root.getFirstPropertyValue("method") };
}

describe("an iCalendar object", () => {
  test("is read the same by two parsers that share no code", () => {
    const { method, text } = renderVisitIcs(visit);
    const { first, second, method: read_ } = read(text);
    expect(method).toBe("PUBLISH");
    expect(read_).toBe("PUBLISH");
    expect(first).toEqual(second);
    expect(first[0]).toMatchObject({
      uid: `${id}@chevet.example`,
      summary: `Rendez-vous – ${visit.clinicName}`,
      location: visit.location,
      url: visit.link,
      status: "CONFIRMED",
      start: "2026-12-01T19:30:00.000Z",
      end: "2026-12-01T20:00:00.000Z",
    });
  });

  test("keeps its UID and raises SEQUENCE when the visit moves, and again when it is cancelled", () => {
    const moved = { ...visit, startsAt: new Date("2026-12-02T14:00:00Z"), changedAt: new Date("2026-11-24T12:00:07Z") };
    const off = { ...moved, cancelled: true, changedAt: new Date("2026-11-25T09:00:00Z") };
    const [a, b, c] = [visit, moved, off].map((v) => read(renderVisitIcs(v).text));
    const [one, two, three] = [a, b, c].map((r) => r?.second[0]);
    expect(two?.uid).toBe(one?.uid);
    expect(three?.uid).toBe(one?.uid);
    expect(two?.sequence).toBe((one?.sequence ?? Number.NaN) + 7);
    expect(three?.sequence).toBeGreaterThan(two?.sequence ?? Number.NaN);
    expect(c?.method).toBe("CANCEL");
    expect(three?.status).toBe("CANCELLED");
  });

  test("says the right moment on both sides of a clock change", () => {
    // In Montréal 1:30 comes twice on November 1, 2026: these are an hour apart.
    const events = ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"].map((at, n) => ({
      ...visit,
      id: `${id}${n}`,
      title: "Occupé",
      startsAt: new Date(at),
      endsAt: new Date(Date.parse(at) + 1_800_000),
    }));
    const { first, second } = read(renderIcs({ domain: "chevet.example", locale: "fr", events }));
    expect(first.map((event) => event.start)).toEqual(["2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"]);
    expect(second.map((event) => event.start)).toEqual(first.map((event) => event.start));
  });

  test("gives back any text whole, in lines of 75 octets, however strange", () => {
    const titles = [
      "é".repeat(200),
      "👩‍⚕️".repeat(60),
      'virgule, point-virgule; barre \\ guillemet " deux-points :',
      "BEGIN:VEVENT\nEND:VCALENDAR",
      `${"a".repeat(67)}é`,
    ];
    const text = renderIcs({
      domain: "chevet.example",
      locale: "en",
      name: "Agenda",
      events: titles.map((title, n) => ({ ...visit, id: `${n}`, title })),
    });
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const { first, second } = read(text);
    expect(first.map((event) => event.summary)).toEqual(titles);
    expect(second.map((event) => event.summary)).toEqual(titles);
  });

  test("says a backslash before an n, which node-ical takes for the end of a line", () => {
    const event = { ...visit, title: "\\n n’est pas un saut" };
    expect(read(renderIcs({ domain: "chevet.example", locale: "fr", events: [event] })).first[0]?.summary).toBe(
      event.title,
    );
  });

  test("lets no control character out, nor half a character", () => {
    const event = { ...visit, title: "a\u0007b\u0000c\r\nd\ud800" };
    const text = renderIcs({ domain: "chevet.example", locale: "fr", events: [event] });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\u0000-\u001f\u007f]/);
    expect(read(text).second[0]?.summary).toBe("a b c\nd\ufffd");
  });

  test("is the same octets for the same visit: a feed that did not change is not sent again", () => {
    expect(renderVisitIcs(visit)).toEqual(renderVisitIcs({ ...visit }));
  });

  test("has the words of the person's language", () => {
    expect(read(renderVisitIcs({ ...visit, locale: "en" }).text).first[0]?.summary).toBe(
      `Appointment – ${visit.clinicName}`,
    );
  });
});
