import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, freshToken, hold, inDays, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { callOff, mailedOffers, makeFreed, makeVisit, makeWaiting } from "#tests/factories/waitlist.ts";
import { visitsOf } from "#tests/factories/waitlist-owed.ts";

/** Which times are offered, and to whom. */
let place: TestSchedule;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);
const staff = () => callerOf(place.clinic.owner, place.clinic).waitlist;

beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
});
afterAll(closeDatabases);

describe("a freed time", () => {
  it("is one that a visit left, by cancelling or by moving, and that is still free", async () => {
    const [off, moved] = [await makeVisit(place, 3, "09:00"), await makeVisit(place, 3, "11:00")];
    await callOff(place, off);
    await withStaff(place.clinic.owner.ctx, (db) =>
      db.sitting.updateMany({
        where: { clinicId: place.clinic.id, id: moved.sittingId },
        data: { localMinute: 14 * 60, version: { increment: 1 } },
      }),
    );
    expect((await staff().freed()).map(({ cause }) => cause)).toEqual(["cancelled", "moved"]);
    await makeVisit(place, 3, "09:00");
    expect((await staff().freed()).map(({ cause }) => cause)).toEqual(["moved"]);
  });

  it("is left by a visitor too, and by nobody when a hold is given back", async () => {
    const { token } = await book(place, 3);
    const visitor = visitorOf(place, token).booking;
    await visitor.cancel({ version: (await visitor.visit()).version });
    expect(await staff().freed()).toHaveLength(1);
    const other = freshToken();
    await hold(place, other);
    await visitorOf(place, other).booking.release({ mayReturn: false });
    expect(await staff().freed()).toHaveLength(1);
  });

  it("meets whoever wants that service, that person, that place, those days and hours, in the order of the rule", async () => {
    const day = new Date(`${inDays(3)}T12:00:00Z`).getUTCDay() || 7;
    const late = await makeWaiting(place, { priority: 3, untilDate: inDays(3) });
    const pressing = await makeWaiting(place, { priority: 1, weekdays: [day] });
    await makeWaiting(place, { weekdays: [(day % 7) + 1] });
    await makeWaiting(place, { fromMinute: 12 * 60 });
    await makeWaiting(place, { untilMinute: 9 * 60 + 30 });
    await makeWaiting(place, { untilDate: inDays(2) });
    await makeFreed(place);
    const order = async () => (await staff().freed())[0]?.candidates.map(({ entryId }) => entryId);
    expect(await order()).toEqual([late.entryId, pressing.entryId]);
    const rule = (name: "priority" | "deadline", version: number | null) =>
      staff().changeRule({ automatic: false, rule: name, batch: 2, offerMinutes: 60, version });
    await rule("priority", null);
    expect(await order()).toEqual([pressing.entryId, late.entryId]);
    await rule("deadline", 1);
    expect(await order()).toEqual([late.entryId, pressing.entryId]);
    expect((await refusal(rule("priority", 1))).key).toBe("stale");
  });

  it("that stood between two steps of the grid is offered as it was, while it fits", async () => {
    const waiting = await makeWaiting(place);
    const freedTimeId = await makeFreed(place, 3, "09:10");
    const [freed] = await staff().freed();
    expect([freed?.id, freed?.candidates.map(({ entryId }) => entryId)]).toEqual([freedTimeId, [waiting.entryId]]);
    await staff().offer({ freedTimeId, entryIds: [waiting.entryId] });
    const link = (await mailedOffers(place, freedTimeId)).get(waiting.entryId) ?? "";
    await visitorOf(place, link).waitlist.acceptOffer();
    expect((await visitsOf(place, waiting.patientId)).map(({ starts_at }) => starts_at)).toEqual([freed?.startsAt]);
    // Ten minutes later it would stand in the one that follows.
    await makeFreed(place, 4, "09:10");
    await makeVisit(place, 4, "09:20");
    expect(await staff().freed()).toEqual([]);
  });

  it("is as long as its service, whatever the length of the visit that left it", async () => {
    const long = await makeVisit(place, 3, "09:00");
    await sql("update clinic.sitting set duration_minutes = 90, version = version + 1 where id = $1", long.sittingId);
    const short = await makeWaiting(place, { untilMinute: 10 * 60 });
    await callOff(place, long);
    const [freed] = await staff().freed();
    const [{ minutes } = { minutes: 0 }] = await sql<{ minutes: number }>(
      "select duration_minutes as minutes from clinic.healthcare_service where id = $1",
      place.serviceId,
    );
    expect(minutes).toBeLessThan(90);
    expect(freed).toMatchObject({ durationMinutes: minutes, candidates: [{ entryId: short.entryId }] });
  });

  it("is paged: who waits is read a page at a time, in that order", async () => {
    const all = [];
    for (let n = 0; n < 5; n++) all.push((await makeWaiting(place)).entryId);
    const first = await staff().list({ most: 2 });
    const second = await staff().list({ most: 2, after: first.after ?? undefined });
    const third = await staff().list({ most: 2, after: second.after ?? undefined });
    expect([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(all);
    expect(third.after).toBeNull();
  });
});
