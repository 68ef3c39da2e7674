import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { limits } from "#server/limit/limits.ts";
import { showPhone } from "#server/phone.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, freeTime, freshToken, hold, holdSlot, inDays, prove, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { anyTime, makeOffer } from "#tests/factories/waitlist.ts";

/** What a stranger with time on their hands tries at a clinic's page. */
let place: TestSchedule;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeAll(async () => {
  place = await makeBookableClinic({ practitioners: 2 });
});
afterAll(closeDatabases);

const joining = (phone = "418 555-0142") => ({
  ...anyTime(place),
  id: newId(),
  personId: newId(),
  givenName: "Isabelle",
  familyName: "Tremblay",
  birthDate: "1991-06-12",
  phone,
  locale: "fr" as const,
  newPatient: true,
  noticeVersion,
});

describe("a stranger", () => {
  it("changes one visit so often and no more: each change frees a time that is offered and mailed to others", async () => {
    const { token } = await book(place, 4);
    const cancel = () => visitorOf(place, token).booking.cancel({ version: 1 });
    for (let n = 0; n < limits["booking-change"].points; n += 1) await cancel();
    expect((await refusal(cancel())).code).toBe("LimitReached");
    expect((await refusal(visitorOf(place, token).booking.undoCancel())).code).toBe("LimitReached");
    // Another's link is nobody's fault.
    const other = await book(place, 4, 8);
    await visitorOf(place, other.token).booking.cancel({ version: 1 });
  });

  it("fills one mailbox with codes under no number of its names", async () => {
    const token = freshToken();
    await hold(place, token, await freeTime(place, 5));
    const [name = ""] = newId().split("-").slice(-1);
    const ask = (n: number) =>
      visitorOf(place, token).booking.requestCode({ email: `${name}+${n}@personne.example`, locale: "fr" });
    for (let n = 0; n < limits["booking-code-account"].points; n += 1) await ask(n);
    expect((await refusal(ask(99))).code).toBe("LimitReached");
  });

  it("guesses a service's code at no door oftener than at another", async () => {
    const time = { ...(await freeTime(place, 5, 4)), code: "AAAA-0000" };
    const address = "2001:db8:77::1";
    const guess = () => visitorOf(place, freshToken(), address).booking.hold(time);
    for (let n = 0; n < limits["booking-service-code"].points; n += 1)
      expect((await refusal(guess())).key).toBe("proofNeeded");
    expect((await refusal(guess())).code).toBe("LimitReached");
    const list = visitorOf(place, freshToken(), address).booking.services({ code: "AAAA-0001" });
    expect((await refusal(list)).code).toBe("LimitReached");
  });

  it("is named neither people nor services that the page leaves off", async () => {
    const [shown, hidden] = place.practitioners as readonly [string, string];
    const leaveOff = (content: object) =>
      sql(
        "update clinic.public_page set published = $2, version = version + 1 where clinic_id = $1",
        place.clinic.id,
        content,
      );
    await leaveOff({ hiddenPractitioners: [hidden] });
    const some = await visitorOf(place).booking.services();
    expect(some.practitioners.map(({ id }) => id)).toEqual([shown]);
    expect(some.services.map(({ practitionerIds }) => practitionerIds)).toEqual([[shown]]);
    await leaveOff({ hiddenServices: [place.serviceId] });
    expect((await visitorOf(place).booking.services()).services).toEqual([]);
    await leaveOff({});
    expect((await visitorOf(place).booking.services()).services).toHaveLength(1);
  });

  it("with the link of an answered offer or of a visit books and waits nowhere once the page was taken down", async () => {
    const there = await makeBookableClinic();
    const time = await freeTime(there, 6, 20);
    const { token } = await makeOffer(there);
    await visitorOf(there, token).waitlist.declineOffer({ leave: false });
    const visit = await book(there, 8);
    const proved = freshToken();
    await hold(there, proved, await freeTime(there, 9));
    await prove(there, proved);
    await sql(
      "update clinic.contact_check set token_hash = (select token_hash from clinic.appointment_access where appointment_id = $1) where clinic_id = $2",
      visit.appointmentId,
      there.clinic.id,
    );
    const owner = callerOf(there.clinic.owner, there.clinic).publicPage;
    const { draft } = await owner.draft();
    await owner.unpublish({ version: draft.version });
    expect(await holdSlot(there, token, time)).toBeNull();
    const join = { ...joining(), serviceId: there.serviceId };
    expect((await refusal(visitorOf(there, visit.token).waitlist.join(join))).code).toBe("NotFound");
    // The visit itself is still theirs.
    expect((await visitorOf(there, visit.token).booking.visit()).state).toBe("upcoming");
  });
});

describe("somebody who means well", () => {
  it("takes a cancellation back in an hour that has been closed to new patients since", async () => {
    const { token } = await book(place, 12);
    await sql(
      `insert into clinic.schedule_rule (clinic_id, id, resource_id, location_id, kind, weekday, from_minute, until_minute, new_patients, valid_from)
       select $1, gen_random_uuid(), r, $2, 'closed', extract(isodow from $3::date)::int, 0, 1440, true, $3::date from unnest($4::uuid[]) as r`,
      place.clinic.id,
      place.locationId,
      inDays(12),
      place.practitioners,
    );
    const visitor = visitorOf(place, token).booking;
    await visitor.cancel({ version: 1 });
    await visitor.undoCancel();
    expect((await visitor.visit()).state).toBe("upcoming");
  });

  it("waits under a number with an extension", async () => {
    const token = freshToken();
    await hold(place, token, await freeTime(place, 13));
    await prove(place, token);
    await visitorOf(place, token).waitlist.join(joining("418 555-0142, poste 12"));
    const { rows } = await callerOf(place.clinic.owner, place.clinic).waitlist.list({});
    expect(rows.map(({ phone }) => phone)).toEqual([showPhone("+14185550142")]);
  });
});
