import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { freshToken, hold, prove, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { anyTime, mailedOffers, makeFreed } from "#tests/factories/waitlist.ts";

/** Who puts themselves on the list. */
let place: TestSchedule;
const staff = () => callerOf(place.clinic.owner, place.clinic).waitlist;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
});
afterAll(closeDatabases);

describe("joining from the public page", () => {
  const wish = () => ({
    ...anyTime(place),
    id: newId(),
    personId: newId(),
    givenName: "Isabelle",
    familyName: "Tremblay",
    birthDate: "1991-06-12",
    phone: "418 555-0142",
    locale: "fr" as const,
    newPatient: true,
    noticeVersion,
  });

  it("asks for a proved address, joins no chart, and is one place however often it is sent", async () => {
    const token = freshToken();
    const form = wish();
    expect((await refusal(visitorOf(place, token).waitlist.join(form))).key).toBe("waitlist.unverified");
    await hold(place, token);
    const email = await prove(place, token);
    await Promise.all([visitorOf(place, token).waitlist.join(form), visitorOf(place, token).waitlist.join(form)]);
    const { rows } = await staff().list({});
    expect(rows).toEqual([
      expect.objectContaining({
        id: form.id,
        patientId: null,
        familyName: "Tremblay",
        reachable: true,
        source: "online",
      }),
    ]);
    const freedTimeId = await makeFreed(place, 4);
    await staff().offer({ freedTimeId, entryIds: [form.id] });
    const link = (await mailedOffers(place, freedTimeId)).get(form.id) ?? "";
    await visitorOf(place, link).waitlist.acceptOffer();
    const [booked] = await sql<{ email: string; patient_id: string | null }>(
      "select r.email, a.patient_id from clinic.appointment a join clinic.request_person r on r.id = a.request_person_id where a.clinic_id = $1 and a.source = 'waitlist'",
      place.clinic.id,
    );
    expect(booked).toEqual({ email, patient_id: null });
  });

  it("and matched while an offer waits for its answer: what is accepted stands in the record, and no longer once unmatched", async () => {
    const offered = async (days: number) => {
      const [token, form] = [freshToken(), wish()];
      await hold(place, token);
      await prove(place, token);
      await visitorOf(place, token).waitlist.join(form);
      await visitorOf(place, token).booking.release({ mayReturn: false });
      const freedTimeId = await makeFreed(place, days);
      await staff().offer({ freedTimeId, entryIds: [form.id] });
      return { id: form.personId, link: (await mailedOffers(place, freedTimeId)).get(form.id) ?? "" };
    };
    const requests = callerOf(place.clinic.owner, place.clinic).requestPerson;
    const patient = await makePatient(place.clinic.owner.ctx);
    const [kept, undone] = [await offered(4), await offered(5)];
    for (const { id } of [kept, undone])
      await requests.match({ id, version: 1, patientId: patient.id, keepContacts: false });
    await requests.unmatch({ id: undone.id, version: 2 });
    for (const { link } of [kept, undone]) await visitorOf(place, link).waitlist.acceptOffer();
    const booked = await sql<{ id: string; patient_id: string | null }>(
      "select request_person_id as id, patient_id from clinic.appointment where clinic_id = $1 and source = 'waitlist' order by created_at",
      place.clinic.id,
    );
    expect(booked).toEqual([
      { id: kept.id, patient_id: patient.id },
      { id: undone.id, patient_id: null },
    ]);
  });

  it("is for services that are online", async () => {
    const token = freshToken();
    await hold(place, token);
    await prove(place, token);
    await sql(
      "update clinic.healthcare_service set online = false, version = version + 1 where id = $1",
      place.serviceId,
    );
    expect((await refusal(visitorOf(place, token).waitlist.join(wish()))).code).toBe("NotFound");
  });
});
