import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { eraseOldRequests } from "#server/request-person/erase-requests.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import { makeRequest } from "#tests/factories/request-person.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { makeWaiting } from "#tests/factories/waitlist.ts";

let place: TestSchedule;
const run = () => eraseOldRequests({ requestId: newId(), job: "erase-requests", clinicId: null });
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Somebody who asked so many days ago for a visit of that day. */
async function asked(days: number, name = "Effaçable", time = "09:00") {
  const request = await makeRequest(place, {
    at: `${ago(days)} ${time}`,
    familyName: name,
    email: `${name.toLowerCase()}@courriel.example`,
  });
  await sql("alter table clinic.request_person disable trigger keep_version");
  await sql(
    "update clinic.request_person set created_at = now() - make_interval(days => $2) where id = $1",
    request.id,
    days + 5,
  );
  await sql("alter table clinic.request_person enable trigger keep_version");
  return request;
}
const row = async (id: string) =>
  (
    await sql<Record<string, unknown>>(
      "select status, family_name, given_name, birth_date, email, phone from clinic.request_person where id = $1",
      id,
    )
  )[0];

beforeEach(async () => {
  place = await makeBookableClinic();
});
afterAll(closeDatabases);

describe("a request that nobody matched", () => {
  it("is erased ninety days after its visit, with every version of it; the visit stays", async () => {
    const [old, recent] = [await asked(91), await asked(60, "Récente")];
    await callerOf(place.clinic.owner, place.clinic)
      .requestPerson.dismiss({ id: old.id, version: 1 })
      .catch(() => undefined);
    await run();
    expect(await row(old.id)).toEqual({
      status: "erased",
      family_name: "–",
      given_name: "–",
      birth_date: null,
      email: "",
      phone: "",
    });
    expect(await row(recent.id)).toMatchObject({ status: "open", family_name: "Récente" });
    const left = await sql(
      "select from clinic.record_version where entity = 'request_person' and entity_id = $1",
      old.id,
    );
    expect(left).toHaveLength(0);
    const everywhere = await sql(
      "select from clinic.record_version where clinic_id = $1 and content::text like '%Effaçable%'",
      place.clinic.id,
    );
    expect(everywhere).toHaveLength(0);
    expect(
      await sql("select from clinic.appointment where id = $1 and request_person_id = $2", old.appointmentId, old.id),
    ).toHaveLength(1);
    const told = await sql<{ entity_ids: string[] }>(
      "select entity_ids from clinic.audit_event where clinic_id = $1 and event = 'request.erased'",
      place.clinic.id,
    );
    expect(told.flatMap(({ entity_ids }) => entity_ids)).toEqual([old.id]);
    expect(await run()).toBe(0);
  });

  it("keeps to the time that the clinic set, which its notice says", async () => {
    const caller = callerOf(place.clinic.owner, place.clinic);
    const { version, lastUpdated: _, ...policy } = await caller.schedule.policy();
    const request = await asked(31);
    await run();
    expect(await row(request.id)).toMatchObject({ status: "open" });
    await caller.schedule.changePolicy({ ...policy, requestDays: 30, version });
    await run();
    expect(await row(request.id)).toMatchObject({ status: "erased" });
    const notice = await visitorOf(place).publicPage.notice();
    const said = notice.sections.flatMap(({ paragraphs }) => paragraphs).join(" ");
    expect(said).toContain("effacé 30 jours après le rendez-vous");
    expect(said).not.toContain("{");
    await expect(caller.schedule.changePolicy({ ...policy, requestDays: 3, version: version + 1 })).rejects.toThrow(
      "schedule.requestDays",
    );
  });

  it("stays while somebody still waits for a place, and a request that was matched stays as it was typed", async () => {
    const [waits, matched] = [await asked(200, "Attend"), await asked(200, "Jumelée", "11:00")];
    await sql(
      "insert into clinic.waitlist_entry (clinic_id, id, request_person_id, service_id, source) values ($1, $2, $3, $4, 'online')",
      place.clinic.id,
      newId(),
      waits.id,
      place.serviceId,
    );
    const { patientId } = await makeWaiting(place);
    await callerOf(place.clinic.owner, place.clinic).requestPerson.match({
      id: matched.id,
      version: 1,
      patientId,
      keepContacts: false,
    });
    await run();
    expect(await row(waits.id)).toMatchObject({ status: "open", family_name: "Attend" });
    expect(await row(matched.id)).toMatchObject({ status: "matched", family_name: "Jumelée" });
  });

  it("is nobody any more: it can be matched to no record, and its dismissal cannot be taken back", async () => {
    const request = await asked(120);
    await run();
    const { requestPerson } = callerOf(place.clinic.owner, place.clinic);
    const { patientId } = await makeWaiting(place);
    const version = 2;
    expect((await refusal(requestPerson.match({ id: request.id, version, patientId }))).key).toBe("request.notOpen");
    expect((await refusal(requestPerson.unmatch({ id: request.id, version }))).key).toBe("request.erased");
  });
});
