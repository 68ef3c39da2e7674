import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { listAuditAgents } from "#server/audit/list-audit-agents.ts";
import { listAuditEvents } from "#server/audit/list-audit-events.ts";
import { listOwnAuditEvents } from "#server/audit/list-own-audit-events.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { recordRead } from "#server/audit/record-read.ts";
import { listAuditEventsInput } from "#server/audit/schema.ts";
import { cookieName } from "#server/auth/cookies.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { needEnv } from "#server/env.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { journalDoor } from "#server/web/journal-door.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { makeEvents, sealEverything } from "#tests/factories/journal.ts";

const ask = (input: object = {}) => listAuditEventsInput.parse(input);
const forbidden = { code: "Forbidden" };

/** A name that was kept for the journal, of somebody whose record is no longer there. */
const keepLabel = (clinic: TestClinic, subjectId: string, label: string) =>
  withStaff(clinic.owner.ctx, (db) => db.auditLabel.createMany({ data: { clinicId: clinic.id, subjectId, label } }));

let server: Server | undefined;
afterEach(() => server?.close());

describe("the journal's page", () => {
  test("is newest first, turns without a gap or a double, and ends", async () => {
    const clinic = await makeClinic();
    const patients = await makeEvents(clinic.owner.ctx, 12);
    const seen: string[] = [];
    let before: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { events, next } = await listAuditEvents(
        clinic.owner.ctx,
        ask({ event: "patient.read", limit: 5, before }),
      );
      seen.push(...events.map(({ patient }) => patient?.id ?? ""));
      expect(next === null).toBe(page === 2);
      before = next ?? undefined;
    }
    expect(seen).toEqual([...patients].reverse());
  });

  test("filters by person, patient, event, action, outcome and the clinic's own days", async () => {
    const clinic = await makeClinic();
    const assistant = await makeMember(clinic, "assistant");
    const [patientId] = await makeEvents(assistant.ctx, 3);
    await withStaff(clinic.owner.ctx, (db) =>
      recordAudit(db, clinic.owner.ctx, {
        event: "member.invited",
        action: "C",
        outcome: "failed",
        entity: "Membership",
      }),
    );
    const count = async (filter: object) =>
      (await listAuditEvents(clinic.owner.ctx, ask({ ...filter, refresh: true }))).events.length;
    expect(await count({ agentId: assistant.userId })).toBe(3);
    expect(await count({ patientId })).toBeGreaterThanOrEqual(1);
    expect(await count({ event: "member.invited" })).toBe(1);
    expect(await count({ outcome: "failed" })).toBe(1);
    expect(await count({ action: "C" })).toBe(1);
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Toronto" }).format(new Date());
    expect(await count({ from: today, to: today, agentId: assistant.userId })).toBe(3);
    expect(await count({ to: "2020-01-01" })).toBe(0);
    expect(await count({ from: "2099-01-01" })).toBe(0);
  });

  test("names people and patients, and says the seal's number once it is sealed", async () => {
    const clinic = await makeClinic();
    const [patientId = ""] = await makeEvents(clinic.owner.ctx, 1);
    await keepLabel(clinic, patientId, "Tremblay, Zoé");
    await sealEverything(clinic.id);
    const { events } = await listAuditEvents(clinic.owner.ctx, ask({ patientId }));
    expect(events[0]).toMatchObject({
      patient: { id: patientId, label: "Tremblay, Zoé" },
      entities: [{ id: patientId, label: "Tremblay, Zoé" }],
      agent: { id: clinic.owner.userId, label: "Maude Lavallée" },
      agentRole: "owner",
      address: "127.0.0.1",
      seq: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("hides the name of a patient who asked that this reader not see them", async () => {
    const clinic = await makeClinic();
    const officer = await makeMember(clinic, "privacy_officer");
    const patientId = newId();
    await withStaff(clinic.owner.ctx, async (db) => {
      await db.patient.createMany({
        data: {
          clinicId: clinic.id,
          id: patientId,
          patientId,
          authorId: clinic.owner.userId,
          fileNumber: "A-1",
          familyName: "Roy",
          givenName: "Luc",
          searchText: "roy luc",
        },
      });
      await db.auditLabel.createMany({ data: { clinicId: clinic.id, subjectId: patientId, label: "Roy, Luc" } });
      await db.restriction.createMany({
        data: {
          clinicId: clinic.id,
          id: newId(),
          patientId,
          authorId: clinic.owner.userId,
          userId: officer.userId,
          signedOn: new Date(),
        },
      });
      await recordAudit(db, clinic.owner.ctx, {
        event: "patient.read",
        action: "R",
        entity: "Patient",
        entityIds: [patientId],
        patientId,
      });
    });
    const label = async ({ ctx }: TestMember) =>
      (await listAuditEvents(ctx, ask({ patientId }))).events.at(-1)?.patient?.label;
    expect([await label(clinic.owner), await label(officer)]).toEqual(["Roy, Luc", null]);
  });

  test("is itself journaled, one line per look, none for a refresh that shows the same", async () => {
    const clinic = await makeClinic();
    const looks = async () =>
      (await listAuditEvents(clinic.owner.ctx, ask({ event: "journal.read", refresh: true, limit: 100 }))).events
        .length;
    expect(await looks()).toBe(0);
    const filter = { from: "2026-01-01" };
    await listAuditEvents(clinic.owner.ctx, ask(filter));
    await listAuditEvents(clinic.owner.ctx, ask(filter));
    await listAuditEvents(clinic.owner.ctx, ask({ ...filter, refresh: true }));
    expect(await looks()).toBe(3);
  });

  test("is another clinic's for nobody, and too much for small roles, who may read their own gestures", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    await makeEvents(other.owner.ctx, 2);
    const { events } = await listAuditEvents(clinic.owner.ctx, ask({ limit: 100 }));
    expect(events.filter(({ agent }) => agent?.id === other.owner.userId)).toEqual([]);

    const assistant = await makeMember(clinic, "assistant");
    await makeEvents(clinic.owner.ctx, 2);
    await makeEvents(assistant.ctx, 2);
    await expect(listAuditEvents(assistant.ctx, ask())).rejects.toMatchObject(forbidden);
    await expect(listAuditAgents(assistant.ctx)).rejects.toMatchObject(forbidden);
    const own = await listOwnAuditEvents(assistant.ctx, ask());
    expect(own.events.map(({ event }) => event)).toEqual(["patient.read", "patient.read"]);
    expect(new Set(own.events.map(({ agent }) => agent?.id))).toEqual(new Set([assistant.userId]));
    expect((await listAuditAgents(clinic.owner.ctx)).map(({ id }) => id).sort()).toEqual(
      [assistant.userId, clinic.owner.userId].sort(),
    );
  });
});

describe("recordRead", () => {
  test("folds a refresh into the line that stands for it; other ids, patients or sessions are told", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const [a, b] = [newId(), newId()];
    const look = (entityIds: string[], refresh: boolean, as = ctx) =>
      withStaff(as, (db) => recordRead(db, as, { event: "patient.list", entity: "Patient", entityIds }, { refresh }));
    const lines = async () =>
      (await listAuditEvents(ctx, ask({ event: "patient.list", limit: 100, refresh: true }))).events.length;

    await look([a], true);
    expect(await lines(), "a first look is told, whatever it calls itself").toBe(1);
    for (let turn = 0; turn < 5; turn += 1) await look([a], true);
    expect(await lines()).toBe(1);
    await look([a, b], true);
    expect(await lines(), "what it shows anew is told").toBe(2);
    await look([a, b], false);
    expect(await lines(), "opened again").toBe(3);
    const colleague = await makeMember(clinic, "assistant");
    await look([a, b], true, colleague.ctx);
    expect(await lines()).toBe(4);
  });
});

/** Serves the doors, as server/web.ts does. */
async function serve(): Promise<
  (path: string, member?: TestMember, headers?: Record<string, string>) => Promise<Response>
> {
  const door = clinicDoors([journalDoor]);
  server = createServer((request, response) => {
    if (!door(request, response)) response.writeHead(404).end("no door");
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return (path, member, headers = {}) => {
    const cookie = member ? `${cookieName("staff", needEnv("CHEVET_ORIGIN"))}=${member.token}` : "";
    return fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie, "accept-language": "fr", ...headers } });
  };
}

describe("the journal as a file", () => {
  test("flows whole, oldest first, in French or English, safe to open in a spreadsheet, and leaves a line", async () => {
    const clinic = await makeClinic();
    const [patientId = ""] = await makeEvents(clinic.owner.ctx, 30);
    await keepLabel(clinic, patientId, '=HYPERLINK("https://evil.test";"Zoé")');
    const get = await serve();
    const french = await get(`/api/clinic/${clinic.slug}/journal.csv?event=patient.read&from=`, clinic.owner);
    expect(french.status).toBe(200);
    expect(french.headers.get("content-disposition")).toMatch(
      /^attachment; filename="journal-clinique-[a-z0-9-]+\.csv"$/,
    );
    expect(french.headers.get("cache-control")).toBe("private, no-store");
    const bytes = Buffer.from(await french.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = bytes.toString("utf8").slice(1).trimEnd().split("\r\n");
    expect(lines).toHaveLength(31);
    expect(lines[0]).toMatch(/^Heure de la clinique;Heure UTC;Événement;Geste;Résultat;Personne;/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.test"";""Zoé"")"`);
    const times = lines.slice(1).map((line) => line.split(";")[1] as string);
    expect(times).toEqual([...times].sort());

    const english = await get(`/api/clinic/${clinic.slug}/journal.csv?event=patient.read`, clinic.owner, {
      "accept-language": "en",
    });
    expect((await english.text()).split("\r\n")[0]).toMatch(/^\uFEFF?Clinic's time,UTC time,Event,/);
    const { events } = await listAuditEvents(clinic.owner.ctx, ask({ event: "journal.exported" }));
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ action: "E", detail: { event: "patient.read" } });
  });

  test("is complete over many pages and does not chase lines written meanwhile", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const lines = Array.from({ length: 1203 }, () => ({
      clinicId: clinic.id,
      id: newId(),
      event: "task.read",
      action: "R",
      entity: "Task",
      agentId: ctx.user.id,
    }));
    await withStaff(ctx, (db) => db.auditEvent.createMany({ data: lines }));
    const get = await serve();
    const text = await (await get(`/api/clinic/${clinic.slug}/journal.csv`, clinic.owner)).text();
    expect(text.split("\r\n").filter((line) => line.includes(";task.read;"))).toHaveLength(1203);
    expect(text).not.toContain("journal.exported");
  }, 60_000);

  test("is refused to strangers alike, to small roles, to other sites, and to a malformed question", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const assistant = await makeMember(clinic, "assistant");
    const get = await serve();
    const path = `/api/clinic/${clinic.slug}/journal.csv`;
    expect((await get(path)).status).toBe(401);
    expect((await get(path, assistant)).status).toBe(403);
    expect((await get(path, clinic.owner, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await get(`${path}?from=2026-02-30`, clinic.owner)).status).toBe(400);
    expect((await get(`${path}?patientId=x`, clinic.owner)).status).toBe(400);
    const told = async (response: Response) => [response.status, ((await response.json()) as { error: unknown }).error];
    const theirs = await told(await get(path, other.owner));
    expect(theirs).toEqual(await told(await get("/api/clinic/nulle-part-du-tout/journal.csv", other.owner)));
    expect(theirs[0]).toBe(404);
    const refusals = await listAuditEvents(clinic.owner.ctx, ask({ event: "access.refused" }));
    expect(refusals.events).toHaveLength(1);
    expect(refusals.events[0]).toMatchObject({ outcome: "refused", agent: { id: assistant.userId } });
  });
});
