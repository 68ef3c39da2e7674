import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { makeRequest, type TestRequest } from "#tests/factories/request-person.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

let clinic: TestClinic;
let place: TestSchedule;
let hour = 8;

beforeAll(async () => {
  clinic = await makeClinic();
  place = await makeSchedule(clinic);
});
afterAll(closeDatabases);

const api = () => callerOf(clinic.owner, clinic);
const ask = (shape: Parameters<typeof makeRequest>[1] = {}) => {
  hour += 1;
  return makeRequest(place, {
    at: `2027-03-${String(1 + Math.floor(hour / 10)).padStart(2, "0")} ${String(8 + (hour % 10)).padStart(2, "0")}:00`,
    ...shape,
  });
};
const seen = async ({ id }: TestRequest, status: "open" | "matched" | "dismissed" = "open") =>
  (await api().requestPerson.list({ status, limit: 50 })).rows.find((row) => row.id === id);
const visit = ({ appointmentId }: TestRequest) =>
  withStaff(clinic.owner.ctx, (db) =>
    db.appointment.findFirstOrThrow({ where: { clinicId: clinic.id, id: appointmentId } }),
  );

const known = (over: object = {}) =>
  makePatient(clinic.owner.ctx, {
    familyName: "Gagnon",
    givenName: "Léa",
    birthDate: "1984-05-17",
    contacts: [{ system: "email", value: "lea.gagnon@courriel.example", use: "home", rank: 1 }],
    ...over,
  });

describe("a booking made on the public page", () => {
  it("waits among the requests with its visit and only what was typed, and joins no record by itself", async () => {
    await known();
    const request = await ask();
    const row = await seen(request);
    expect(row).toMatchObject({ familyName: "Gagnon", patientId: null, status: "open" });
    expect(row?.visits).toHaveLength(1);
    expect((await visit(request)).patientId).toBeNull();
  });

  it("is shown the records that it may be, the likeliest first, without sex or health number", async () => {
    const twin = await known({ familyName: "Lapointe", givenName: "Noémie", birthDate: "1991-02-03", contacts: [] });
    const namesake = await known({
      familyName: "Lapointe",
      givenName: "Noemie",
      birthDate: "1960-10-10",
      contacts: [],
    });
    const request = await ask({
      familyName: "LAPOINTE-ROY",
      givenName: "noémie",
      birthDate: "1991-02-03",
      email: "n@courriel.example",
    });
    const row = await seen(request);
    expect(row?.suggestions.map(({ id }) => id)).toEqual([twin.id]);
    expect(row?.suggestions[0]?.agrees).toEqual(["name", "birthDate"]);
    expect(row?.suggestions.map(({ id }) => id)).not.toContain(namesake.id);
  });

  it("for a child, does not propose the parent whose address was typed", async () => {
    const parent = await known({
      familyName: "Fortin",
      givenName: "Julie",
      birthDate: "1985-01-01",
      contacts: [{ system: "email", value: "julie.fortin@courriel.example", use: "home", rank: 1 }],
    });
    const child = await known({ familyName: "Fortin", givenName: "Théo", birthDate: "2019-06-06", contacts: [] });
    const request = await ask({
      familyName: "Fortin",
      givenName: "Théo",
      birthDate: "2019-06-06",
      email: "julie.fortin@courriel.example",
      relation: "child",
      bookerName: "Julie Fortin",
    });
    const ids = (await seen(request))?.suggestions.map(({ id }) => id);
    expect(ids).toEqual([child.id]);
    expect(ids).not.toContain(parent.id);
  });

  it("is not shown a record that a patient closed to the one who looks", async () => {
    const closed = await known({ familyName: "Bédard", givenName: "Alice", birthDate: "1977-07-07", contacts: [] });
    const clerk = await makeMember(clinic, "assistant");
    await restrictPatient(clinic.owner.ctx, {
      patientId: closed.id,
      target: { kind: "member", userId: clerk.userId },
      category: "identity",
      signedOn: "2026-11-01",
      signerName: "Alice Bédard",
      signerContact: "Lettre",
      risksExplained: true,
      reason: "",
    });
    const request = await ask({
      familyName: "Bédard",
      givenName: "Alice",
      birthDate: "1977-07-07",
      email: "a@courriel.example",
    });
    const mine = await seen(request);
    const theirs = (await callerOf(clerk, clinic).requestPerson.list({ limit: 50 })).rows.find(
      ({ id }) => id === request.id,
    );
    expect(mine?.suggestions.map(({ id }) => id)).toEqual([closed.id]);
    expect(theirs?.suggestions).toEqual([]);
  });
});

describe("matching", () => {
  it("joins the visit to the record, fills the address that it lacks, and is undone", async () => {
    const patient = await known({ familyName: "Roy", givenName: "Paul", birthDate: "1955-05-05", contacts: [] });
    const request = await ask({
      familyName: "Roy",
      givenName: "Paul",
      birthDate: "1955-05-05",
      email: "paul.roy@courriel.example",
      phone: "+14185550134",
    });
    const { version } = await api().requestPerson.match({ id: request.id, version: 1, patientId: patient.id });
    expect((await visit(request)).patientId).toBe(patient.id);
    expect((await api().patient.read({ id: patient.id })).contacts.map(({ value }) => value).sort()).toEqual([
      "+14185550134",
      "paul.roy@courriel.example",
    ]);
    expect(await seen(request)).toBeUndefined();
    await api().requestPerson.unmatch({ id: request.id, version });
    expect((await visit(request)).patientId).toBeNull();
    expect(await seen(request)).toMatchObject({ status: "open", version: version + 1 });
  });

  it("taken back, takes back the links that went to the wrong person and the addresses that joined their record", async () => {
    const patient = await known({ familyName: "Roy", givenName: "Luc", birthDate: "1955-05-05" });
    const typed = { email: "luc.roy@courriel.example", phone: "+14185550177" };
    const request = await ask({ familyName: "Roy", givenName: "Luc", ...typed });
    const link = () =>
      withStaff(clinic.owner.ctx, async (db) => {
        const id = newId();
        await db.$executeRaw`
          insert into clinic.appointment_access (clinic_id, id, appointment_id, token_hash, expires_at)
          values (${clinic.id}::uuid, ${id}::uuid, ${request.appointmentId}::uuid, ${randomBytes(32)}, now() + interval '90 days')`;
        return id;
      });
    const own = await link();
    const { version } = await api().requestPerson.match({ id: request.id, version: 1, patientId: patient.id });
    const misled = await link();
    const contacts = async () =>
      (await api().patient.read({ id: patient.id })).contacts.map(({ value }) => value).sort();
    // The record lacked a number; its address is not joined by one that anybody could have typed.
    expect(await contacts()).toEqual(["+14185550177", "lea.gagnon@courriel.example"]);
    await api().requestPerson.unmatch({ id: request.id, version });
    expect(await contacts()).toEqual(["lea.gagnon@courriel.example"]);
    const links = await withStaff(clinic.owner.ctx, (db) =>
      db.appointmentAccess.findMany({ where: { clinicId: clinic.id, appointmentId: request.appointmentId } }),
    );
    expect(links.map(({ id, revokedAt }) => [id, revokedAt !== null]).sort()).toEqual(
      [
        [own, false],
        [misled, true],
      ].sort(),
    );
  });

  it("is done once: the second of two people is told what the first saved", async () => {
    const [a, b] = [await makePatient(clinic.owner.ctx), await makePatient(clinic.owner.ctx)];
    const request = await ask();
    const both = await Promise.allSettled(
      [a, b].map(({ id }) => api().requestPerson.match({ id: request.id, version: 1, patientId: id })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect([a.id, b.id]).toContain((await visit(request)).patientId);
  });

  it("is not taken back once the person has come", async () => {
    const request = await ask();
    const patient = await makePatient(clinic.owner.ctx);
    const { version } = await api().requestPerson.match({ id: request.id, version: 1, patientId: patient.id });
    await withStaff(clinic.owner.ctx, (db) =>
      db.appointment.updateMany({
        where: { clinicId: clinic.id, id: request.appointmentId },
        data: { status: "arrived", flow: "arrived", arrivedAt: new Date(), version: { increment: 1 } },
      }),
    );
    await expect(api().requestPerson.unmatch({ id: request.id, version })).rejects.toMatchObject({
      message: "request.visitBegun",
    });
  });

  it("opens a record with what was typed, after the records that look the same were shown", async () => {
    await known({ familyName: "Côté", givenName: "Rosalie", birthDate: "2001-09-09", contacts: [] });
    const request = await ask({
      familyName: "Cote",
      givenName: "Rosalie",
      birthDate: "2001-09-09",
      email: "rosalie.cote@courriel.example",
    });
    const patientId = newId();
    const once = { id: request.id, version: 1, patientId };
    const refusal = await api()
      .requestPerson.register(once)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ message: "patient.duplicates" });
    expect((await visit(request)).patientId).toBeNull();
    const suggestions = (await seen(request))?.suggestions ?? [];
    await api().requestPerson.register({ ...once, knownDuplicates: suggestions.map(({ id }) => id) });
    expect((await visit(request)).patientId).toBe(patientId);
    expect((await api().patient.read({ id: patientId })).contacts).toHaveLength(1);
  });

  it("puts aside only what no longer stands", async () => {
    const request = await ask();
    await expect(api().requestPerson.dismiss({ id: request.id, version: 1 })).rejects.toMatchObject({
      message: "request.visitStands",
    });
    await api().appointment.cancel({ id: request.appointmentId, version: 1, by: "clinic" });
    await api().requestPerson.dismiss({ id: request.id, version: 1 });
    expect(await seen(request, "dismissed")).toMatchObject({ status: "dismissed" });
  });

  it("is paged, the longest waiting first, and finds nothing of another clinic", async () => {
    const first = await api().requestPerson.list({ limit: 2 });
    expect([first.rows.length, first.more, first.open > 2]).toEqual([2, true, true]);
    const last = first.rows.at(-1);
    const next = await api().requestPerson.list({
      limit: 50,
      cursor: last ? { createdAt: last.createdAt, id: last.id } : null,
    });
    expect(next.rows.map(({ id }) => id)).not.toContain(last?.id);
    expect(first.rows.length + next.rows.length).toBe(first.open);
    const other = await makeClinic();
    const [row] = first.rows;
    await expect(
      callerOf(other.owner, other).requestPerson.match({ id: row?.id ?? "", version: 1, patientId: newId() }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
