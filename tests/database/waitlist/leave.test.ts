import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { settleOffer } from "#server/waitlist/settle-offer.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, freshToken, hold, inDays, prove, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import { sit, type TestSchedule } from "#tests/factories/schedule.ts";
import { anyTime, joinOnPage, makeFreed, makeOffer, makeVisit, makeWaiting } from "#tests/factories/waitlist.ts";

let place: TestSchedule;
const staff = () => callerOf(place.clinic.owner, place.clinic).waitlist;
const waiting = async () => (await staff().list({})).rows.map(({ id }) => id);

beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
});
afterAll(closeDatabases);

describe("leaving the waiting list", () => {
  it("by the link of the visit that was to come earlier: it says that it waits, and stands when it waits no more", async () => {
    const { token } = await book(place, 6);
    const visitor = visitorOf(place, token);
    expect((await visitor.booking.visit()).waits).toBe(false);
    const id = newId();
    await visitor.waitlist.sooner({ id });
    expect((await visitor.booking.visit()).waits).toBe(true);
    // Somebody else's link, and no link at all, end nothing.
    const other = visitorOf(place, (await book(place, 8)).token);
    expect((await refusal(other.waitlist.leave())).code).toBe("NotFound");
    expect((await refusal(visitorOf(place).waitlist.leave())).code).toBe("NotFound");
    expect(await waiting()).toEqual([id]);
    expect(await visitor.waitlist.leave()).toEqual({ left: true });
    expect(await visitor.waitlist.leave()).toEqual({ left: true });
    expect(await visitor.booking.visit()).toMatchObject({ waits: false, state: "upcoming" });
    expect(await waiting()).toEqual([]);
    // And asks again.
    await visitor.waitlist.sooner({ id: newId() });
    expect((await visitor.booking.visit()).waits).toBe(true);
  });

  it("by the token that one joined with, and by no other", async () => {
    const [one, two] = [await joinOnPage(place), await joinOnPage(place)];
    await visitorOf(place, one.token).waitlist.leave();
    expect(await waiting()).toEqual([two.id]);
  });

  it("from an offer that is over: declined first, or taken by another", async () => {
    const { token, entryId } = await makeOffer(place);
    await visitorOf(place, token).waitlist.declineOffer({ leave: false });
    expect(await waiting()).toEqual([entryId]);
    await visitorOf(place, token).waitlist.declineOffer({ leave: true });
    const { rows } = await asAdmin(database.adminUrl, (admin) =>
      admin.query("select id, payload from queue.outbox where clinic_id = $1 and job = 'settle-offers'", [
        place.clinic.id,
      ]),
    );
    expect(rows).toHaveLength(1);
    const worker = { requestId: newId(), job: "settle-offers", jobId: rows[0].id, clinicId: place.clinic.id };
    await settleOffer(worker, rows[0].payload);
    expect(await waiting()).toEqual([]);
  });

  it("is refused to whoever was shown another notice when they joined", async () => {
    const token = freshToken();
    await hold(place, token);
    await prove(place, token);
    const person = {
      givenName: "A",
      familyName: "B",
      birthDate: null,
      phone: "",
      locale: "fr" as const,
      newPatient: true,
    };
    const asked = visitorOf(place, token).waitlist.join({
      ...anyTime(place),
      id: newId(),
      personId: newId(),
      ...person,
      noticeVersion: "2025-01",
    });
    expect((await refusal(asked)).key).toBe("booking.noticeChanged");
  });
});

describe("« tell them if sooner », by staff", () => {
  it("puts a visit to come on the list once, and no visit that is over", async () => {
    const { appointmentId, patientId } = await makeVisit(place, 6);
    const first = await staff().addSooner({ id: newId(), appointmentId });
    expect(first.waited).toBe(false);
    expect(await staff().addSooner({ id: newId(), appointmentId })).toEqual({ id: first.id, waited: true });
    expect((await staff().list({})).rows).toEqual([
      expect.objectContaining({ id: first.id, patientId, source: "staff" }),
    ]);
    const past = await makeVisit(place, -3);
    expect((await refusal(staff().addSooner({ id: newId(), appointmentId: past.appointmentId }))).key).toBe(
      "waitlist.notUpcoming",
    );
    expect((await refusal(staff().addSooner({ id: newId(), appointmentId: newId() }))).code).toBe("NotFound");
  });
});

describe("hours that keep new patients away", () => {
  it("are offered to nobody new, held or not: neither who says so, nor a patient who was never seen", async () => {
    const [stranger, known, never, seen] = [
      await joinOnPage(place, true),
      await joinOnPage(place, false),
      await makeWaiting(place),
      await makeWaiting(place),
    ];
    await withStaff(place.clinic.owner.ctx, (db) =>
      db.scheduleRule.createMany({
        data: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
          clinicId: place.clinic.id,
          id: newId(),
          resourceId: place.practitioners[0],
          locationId: place.locationId,
          weekday,
          fromMinute: 480,
          untilMinute: 600,
          validFrom: new Date("2026-01-01"),
          kind: "closed",
          newPatients: true,
        })),
      }),
    );
    await withStaff(place.clinic.owner.ctx, async (db) => {
      const sittingId = await sit(db, place, { at: `${inDays(-4)} 09:00` });
      const done = { clinicId: place.clinic.id, id: newId(), sittingId, patientId: seen.patientId, source: "staff" };
      await db.appointment.createMany({ data: { ...done, status: "fulfilled", flow: "done" } });
    });
    const kept = await makeFreed(place, 3, "09:00");
    const open = await makeFreed(place, 3, "11:00");
    const of = async (id: string) =>
      (await staff().freed()).find((one) => one.id === id)?.candidates.map(({ entryId }) => entryId);
    expect(await of(kept)).toEqual([known.id, seen.entryId]);
    expect(await of(open)).toEqual([stranger.id, known.id, never.entryId, seen.entryId]);
    const refused = staff().offer({ freedTimeId: kept, entryIds: [stranger.id, never.entryId] });
    expect((await refusal(refused)).key).toBe("waitlist.alreadyOffered");
    // Held for one who may, it still keeps the others away.
    await staff().offer({ freedTimeId: kept, entryIds: [known.id] });
    expect(await of(kept)).toEqual([seen.entryId]);
  });

  it("and a service for known patients is not offered to who says they are new", async () => {
    const [stranger, known] = [await joinOnPage(place, true), await joinOnPage(place, false)];
    await withStaff(place.clinic.owner.ctx, (db) =>
      db.healthcareService.updateMany({
        where: { clinicId: place.clinic.id, id: place.serviceId },
        data: { audience: "existing", version: { increment: 1 } },
      }),
    );
    await makeFreed(place);
    const [freed] = await staff().freed();
    const candidates = freed?.candidates.map(({ entryId }) => entryId);
    expect(candidates).toEqual([known.id]);
    expect(candidates).not.toContain(stranger.id);
  });
});
