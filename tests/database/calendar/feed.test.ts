import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { limits } from "#server/limit/limits.ts";
import { createLogger, logger } from "#server/logger.ts";
import { registry } from "#server/observability/metrics.ts";
import { startTracing } from "#server/observability/start-tracing.ts";
import { watchRequests } from "#server/observability/watch-requests.ts";
import { feedDoor } from "#server/web/feed-door.ts";
import { unsubscribeDoor } from "#server/web/unsubscribe-door.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestMember } from "#tests/factories/clinic.ts";
import { makeSchedule, type SittingShape, sit, type TestSchedule } from "#tests/factories/schedule.ts";
import { startOtlpReceiver } from "#tests/servers/otlp-receiver.ts";

let server: Server;
let base: string;

beforeAll(async () => {
  const doors = [
    { name: "calendar", open: feedDoor },
    { name: "unsubscribe", open: unsubscribeDoor },
  ];
  const handler = watchRequests(doors, async (_, response) => {
    response.writeHead(404).end();
  });
  server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

interface World {
  place: TestSchedule;
  member: TestMember;
  practitionerId: string;
}

/** A professional with an agenda of their own, in a clinic that the host approved and that shows no page. */
async function world(): Promise<World> {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic, { practitioners: 2 });
  const member = await makeMember(clinic, "professional");
  const practitionerId = place.practitioners[0];
  await withStaff(clinic.owner.ctx, (db) =>
    db.practitioner.updateMany({
      where: { clinicId: clinic.id, id: practitionerId },
      data: { membershipId: member.membershipId, version: { increment: 1 } },
    }),
  );
  await asAdmin(database.adminUrl, (admin) =>
    admin.query("update host.clinic_registration set status = 'approved', approved_at = now() where clinic_id = $1", [
      clinic.id,
    ]),
  );
  return { place, member, practitionerId };
}

const inDays = (days: number, time = "09:00") =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)} ${time}`;

async function visit({ place }: World, shape: SittingShape, who: Parameters<typeof makePatient>[1] = {}) {
  const { clinic } = place;
  const patient = await makePatient(clinic.owner.ctx, who);
  return withStaff(clinic.owner.ctx, async (db) => {
    const [sittingId, appointmentId] = [await sit(db, place, shape), newId()];
    await db.appointment.createMany({
      data: { clinicId: clinic.id, id: appointmentId, sittingId, patientId: patient.id, source: "staff" },
    });
    const name = await db.patient.findFirstOrThrow({ where: { clinicId: clinic.id, id: patient.id } });
    return { sittingId, appointmentId, patientId: patient.id, name: `${name.givenName} ${name.familyName}` };
  });
}

async function make({ place, member, practitionerId }: World, level: "busy" | "initials" | "full" = "busy") {
  const made = await callerOf(member, place.clinic).calendar.make({ id: newId(), practitionerId, level, label: "" });
  return { ...made, url: `${base}${made.path}` };
}

async function switchOn({ place }: World) {
  await callerOf(place.clinic.owner, place.clinic).integration.enable({
    code: "calendar",
    outsideQuebec: true,
    efvpReference: "EFVP-2026-04",
    efvpSignedOn: "2026-11-01",
    agreementReference: "Entente 12",
    version: null,
  });
}

async function events(url: string) {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  const second = Object.values(nodeIcal.sync.parseICS(text)).filter((part) => part?.type === "VEVENT");
  const first = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  expect(second.map((one) => [one.uid, one.start.getTime()]).sort()).toEqual(
    first.map((one) => [one.uid, one.startDate.toJSDate().getTime()]).sort(),
  );
  return { text, etag: answer.headers.get("etag") ?? "", events: second };
}

describe("a calendar's feed", () => {
  it("says « Occupé » and when, and nothing of whom, why or where, unless asked", async () => {
    const here = await world();
    // A name at random may be the practitioner's own, whom the calendar is named for.
    const who = { givenName: "Philomène", familyName: "Canari", birthFamilyName: "" };
    const { name } = await visit(here, { at: inDays(3) }, who);
    await withStaff(here.place.clinic.owner.ctx, (db) => sit(db, here.place, { at: inDays(4), kind: "block" }));
    const { url } = await make(here);
    const feed = await events(url);
    expect(feed.events.map((one) => one.summary)).toEqual(["Occupé", "Occupé"]);
    for (const word of [...name.split(" "), "Consultation", "Lieu"]) expect(feed.text).not.toContain(word);
  });

  it("shows only this practitioner's agenda, also as second of two", async () => {
    const here = await world();
    const [mine, other] = here.place.practitioners as readonly [string, string];
    const both = await visit(here, { at: inDays(2), resources: [other, mine] });
    await visit(here, { at: inDays(3), resources: [other] });
    const feed = await events((await make(here)).url);
    expect(feed.events.map((one) => one.uid.split("@")[0])).toEqual([both.sittingId]);
  });

  it("keeps the UID of a visit that moves, raises its SEQUENCE, and carries a cancelled one as cancelled", async () => {
    const here = await world();
    const { sittingId, appointmentId } = await visit(here, { at: inDays(3) });
    const { url } = await make(here);
    const [before] = (await events(url)).events;
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const { clinic } = here.place;
    await withStaff(clinic.owner.ctx, (db) =>
      db.sitting.updateMany({
        where: { clinicId: clinic.id, id: sittingId },
        data: { localMinute: 660, version: { increment: 1 } },
      }),
    );
    const [moved] = (await events(url)).events;
    expect(moved?.uid).toBe(before?.uid);
    expect(Number(moved?.sequence)).toBeGreaterThan(Number(before?.sequence));
    expect((moved?.start.getTime() ?? 0) - (before?.start.getTime() ?? 0)).toBe(2 * 3_600_000);
    await withStaff(clinic.owner.ctx, async (db) => {
      await db.appointment.updateMany({
        where: { clinicId: clinic.id, id: appointmentId },
        data: {
          status: "cancelled",
          flow: "none",
          cancelledAt: new Date(),
          cancelledBy: "patient",
          version: { increment: 1 },
        },
      });
      await db.sitting.updateMany({
        where: { clinicId: clinic.id, id: sittingId },
        data: { status: "cancelled", version: { increment: 1 } },
      });
    });
    const [off] = (await events(url)).events;
    expect([off?.uid, off?.status]).toEqual([before?.uid, "CANCELLED"]);
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = replica");
      await admin.query("update clinic.sitting set last_updated = now() - interval '15 days' where id = $1", [
        sittingId,
      ]);
      await admin.query("update clinic.appointment set last_updated = now() - interval '15 days' where id = $1", [
        appointmentId,
      ]);
    });
    expect((await events(url)).events).toEqual([]);
  });

  it("answers 304 to a program that has it already, until something changes", async () => {
    const here = await world();
    const { url } = await make(here);
    const { etag } = await events(url);
    const again = (tag: string) => fetch(url, { headers: { "if-none-match": tag } });
    expect((await again(etag)).status).toBe(304);
    expect((await again(`"x", W/${etag}`)).status).toBe(304);
    await visit(here, { at: inDays(5) });
    expect((await again(etag)).status).toBe(200);
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  });

  it("names people only where the clinic recorded that it leaves Québec, and stops when that is switched off", async () => {
    const here = await world();
    const { name } = await visit(here, { at: inDays(3) });
    const { member, practitionerId, place } = here;
    const ask = (level: "initials" | "full") =>
      callerOf(member, place.clinic).calendar.make({ id: newId(), practitionerId, level, label: "" });
    expect(await refusal(ask("full"))).toMatchObject({ code: "Precondition", key: "integration.off" });
    await switchOn(here);
    const [initials, full] = [await make(here, "initials"), await make(here, "full")];
    const [given = "", ...family] = name.split(" ");
    const short = (await events(initials.url)).events[0];
    expect(short?.summary).toMatch(/^\p{L}\. \p{L}\.$/u);
    expect(String(short?.summary)[0]).toBe(given[0]);
    const long = (await events(full.url)).events[0];
    expect(String(long?.summary)).toContain(family.join(" "));
    expect(String(long?.summary)).toContain("Consultation");
    const owner = callerOf(place.clinic.owner, place.clinic);
    const entry = (await owner.integration.list()).find(({ code }) => code === "calendar");
    await owner.integration.disable({ code: "calendar", version: entry?.version ?? 0 });
    expect((await events(full.url)).events[0]?.summary).toBe("Occupé");
  });

  it("says « Occupé » of a patient who asked not to be shown to this person", async () => {
    const here = await world();
    const { patientId } = await visit(here, { at: inDays(3) });
    await switchOn(here);
    const { url } = await make(here, "full");
    const { clinic } = here.place;
    await callerOf(clinic.owner, clinic).privacy.restrict({
      patientId,
      target: { kind: "member", userId: here.member.userId },
      category: "*",
      signedOn: "2026-11-01",
      signerName: "Patient",
      signerContact: "418 555-0142",
      risksExplained: true,
    });
    expect((await events(url)).events.map((one) => one.summary)).toEqual(["Occupé"]);
  });

  it("is shut by revoking it, by the end of its owner's place, and by the practitioner's departure", async () => {
    const [revoked, ended, left] = [await world(), await world(), await world()];
    const feeds = [await make(revoked), await make(ended), await make(left)] as const;
    for (const { url } of feeds) expect((await fetch(url)).status).toBe(200);
    await callerOf(revoked.member, revoked.place.clinic).calendar.revoke({ id: feeds[0].id });
    await withStaff(ended.place.clinic.owner.ctx, (db) =>
      db.membership.updateMany({
        where: { clinicId: ended.place.clinic.id, id: ended.member.membershipId },
        data: { status: "inactive", endedAt: new Date(), version: { increment: 1 } },
      }),
    );
    await withStaff(left.place.clinic.owner.ctx, (db) =>
      db.practitioner.updateMany({
        where: { clinicId: left.place.clinic.id, id: left.practitionerId },
        data: { status: "inactive", version: { increment: 1 } },
      }),
    );
    const nobody = await fetch(`${base}/api/c/${revoked.place.clinic.slug}/agenda/${"a".repeat(43)}.ics`);
    const wrongClinic = await fetch(feeds[0].url.replace(revoked.place.clinic.slug, ended.place.clinic.slug));
    const answers = [nobody, wrongClinic, ...(await Promise.all(feeds.map(({ url }) => fetch(url))))];
    const told = await Promise.all(answers.map(async (one) => `${one.status} ${await one.text()}`));
    expect(new Set(told)).toEqual(new Set(['404 {"error":"notFound"}']));
  });

  it("is one's own to make; another's asks for schedule:manage", async () => {
    const here = await world();
    const other = here.place.practitioners[1] as string;
    const ask = (member: TestMember, practitionerId: string) =>
      callerOf(member, here.place.clinic).calendar.make({ id: newId(), practitionerId, level: "busy", label: "" });
    expect((await refusal(ask(here.member, other))).code).toBe("Forbidden");
    await expect(ask(here.place.clinic.owner, other)).resolves.toMatchObject({ path: expect.stringMatching(/\.ics$/) });
    const { rows } = await callerOf(here.place.clinic.owner, here.place.clinic).calendar.list({
      practitionerId: other,
    });
    expect(rows).toHaveLength(1);
  });

  it("that names people is made by its owner alone: whoever made it for them would read whom a patient closed to that person", async () => {
    const here = await world();
    await switchOn(here);
    const { clinic } = here.place;
    const { patientId } = await visit(here, { at: inDays(3) });
    const clerk = await makeMember(clinic, "administrator");
    await callerOf(clinic.owner, clinic).privacy.restrict({
      patientId,
      target: { kind: "member", userId: clerk.userId },
      category: "*",
      signedOn: "2026-11-01",
      signerName: "Patient",
      signerContact: "418 555-0142",
      risksExplained: true,
    });
    const ask = (practitionerId: string, level: "busy" | "initials" | "full") =>
      callerOf(clerk, clinic).calendar.make({ id: newId(), practitionerId, level, label: "" });
    for (const level of ["initials", "full"] as const)
      expect(await refusal(ask(here.practitionerId, level))).toMatchObject({ key: "calendar.ownOnly" });
    const { path } = await ask(here.practitionerId, "busy");
    expect((await events(`${base}${path}`)).events.map((one) => one.summary)).toEqual(["Occupé"]);
    // Of somebody without an account it reads as whoever made it.
    const [mine, other] = here.place.practitioners as readonly [string, string];
    const both = await visit(here, { at: inDays(4), resources: [other, mine] });
    await callerOf(clinic.owner, clinic).privacy.restrict({
      patientId: both.patientId,
      target: { kind: "member", userId: clerk.userId },
      category: "*",
      signedOn: "2026-11-01",
      signerName: "Patient",
      signerContact: "418 555-0142",
      risksExplained: true,
    });
    const theirs = await ask(other, "full");
    expect((await events(`${base}${theirs.path}`)).events.map((one) => one.summary)).toEqual(["Occupé"]);
  });

  it("keeps the secret nowhere: not in the database, nor in what is measured or answered", async () => {
    const here = await world();
    const { url, path } = await make(here);
    const secret = /agenda\/(.{43})\.ics/.exec(path)?.[1] ?? "";
    const answers = await Promise.all([
      fetch(url),
      fetch(url, { method: "POST" }),
      fetch(`${base}${path.replace(".ics", ".pdf")}`),
      fetch(url.replace(here.place.clinic.slug, "nulle-part")),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 405, 404, 404]);
    for (const answer of answers) expect(await answer.text()).not.toContain(secret);
    const measured = await registry.metrics();
    expect(measured).toContain('door="calendar"');
    expect(measured).not.toContain(secret);
    const found = await asAdmin(database.adminUrl, (admin) =>
      admin.query("select count(*)::int as n from clinic.calendar_feed f where f::text like '%' || $1 || '%'", [
        secret,
      ]),
    );
    expect(found.rows[0].n).toBe(0);
  });

  it("says its secret, and that of a mail's way out, in no line of the log and no trace, also when it fails", async () => {
    const here = await world();
    const { url, path } = await make(here);
    const secret = /agenda\/(.{43})\.ics/.exec(path)?.[1] ?? "";
    const collector = await startOtlpReceiver();
    const stop = startTracing(collector.endpoint, "chevet-web");
    const lines: string[] = [];
    // Silent in tests: what it would write goes through the same list of what may be said.
    const heard = createLogger({ write: (line: string) => void lines.push(line) }, "debug");
    const spied = vi.spyOn(logger, "error").mockImplementation(heard.error);
    try {
      const wayOut = `${base}/api/c/${here.place.clinic.slug}/desabonnement/${secret}`;
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(wayOut, { method: "POST" })).status).toBe(200);
      // Opened in a browser, or by a scanner: the page where a button ends it, and nothing has ended.
      const opened = await fetch(wayOut, { redirect: "manual" });
      expect([opened.status, opened.headers.get("location")]).toEqual([
        303,
        `/c/${here.place.clinic.slug}/desabonnement#${secret}`,
      ]);
      expect((await fetch(wayOut, { method: "PUT" })).status).toBe(405);
      // The database fails: both doors write that they failed, and not at which address.
      await asAdmin(database.adminUrl, (admin) => admin.query("alter table host.slug rename to slug_away"));
      for (const [address, method] of [
        [url, "GET"],
        [wayOut, "POST"],
      ] as const)
        expect((await fetch(address, { method })).status).toBe(500);
    } finally {
      await asAdmin(database.adminUrl, (admin) => admin.query("alter table host.slug_away rename to slug"));
      spied.mockRestore();
      await stop();
      await collector.stop();
    }
    expect(lines.join("")).toContain("door.failed");
    expect(
      collector.spans.filter(({ name }) => name === "request").map(({ attributes }) => attributes["chevet.door"]),
    ).toEqual(expect.arrayContaining(["calendar", "unsubscribe"]));
    for (const text of [lines.join(""), collector.raw]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(here.place.clinic.slug);
    }
  });

  it("slows down a program that comes too often", async () => {
    const here = await world();
    const { url } = await make(here);
    const statuses: number[] = [];
    for (let n = 0; n <= limits["calendar-feed"].points; n++) statuses.push((await fetch(url)).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.slice(0, -1).every((status) => status === 200)).toBe(true);
  });
});
