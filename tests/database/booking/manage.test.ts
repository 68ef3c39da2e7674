import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unpackTimes } from "#server/booking/free-times.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, freeTime, freshToken, hold, inDays, visitorOf, wish } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import { sitDown, type TestSchedule } from "#tests/factories/schedule.ts";

/** What the link of a visit opens, and what it does not. */
let place: TestSchedule;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeAll(async () => {
  place = await makeBookableClinic({ practitioners: 2 });
});
afterAll(closeDatabases);

const read = (token: string) => visitorOf(place, token).booking.visit();
const firstTime = async (days: number) => (await freeTime(place, days)).startsAt.getTime();

describe("a link", () => {
  it("that is altered, another clinic's, revoked or run out is answered alike", async () => {
    const { token, appointmentId } = await book(place);
    const elsewhere = await makeBookableClinic();
    const altered = `${token.startsWith("A") ? "B" : "A"}${token.slice(1)}`;
    const answers = [await refusal(read(altered)), await refusal(visitorOf(elsewhere, token).booking.visit())];
    const set = (change: string) =>
      sql(`update clinic.appointment_access set ${change} where appointment_id = $1`, appointmentId);
    await set("revoked_at = now()");
    answers.push(await refusal(read(token)));
    await set("revoked_at = null, expires_at = now() - interval '1 second'");
    answers.push(await refusal(read(token)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: "NotFound", key: "booking.noVisit" });
    await set("expires_at = now() + interval '1 day'");
    expect((await read(token)).state).toBe("upcoming");
  });

  it("changes nothing by being opened, and opens one visit alone", async () => {
    const [one, other] = [await book(place, 4), await book(place, 4, 8)];
    const before = await sql("select version from clinic.appointment where id = any ($1)", [
      one.appointmentId,
      other.appointmentId,
    ]);
    for (let n = 0; n < 3; n += 1) await read(one.token);
    expect(
      await sql("select version from clinic.appointment where id = any ($1)", [one.appointmentId, other.appointmentId]),
    ).toEqual(before);
    await visitorOf(place, one.token).booking.cancel({ version: 1 });
    expect((await read(other.token)).state).toBe("upcoming");
  });
});

describe("presence", () => {
  it("is said once, and is of the time that was shown", async () => {
    const { token } = await book(place, 5);
    await visitorOf(place, token).booking.confirmPresence({ version: 1 });
    await visitorOf(place, token).booking.confirmPresence({ version: 1 });
    const { confirmedAt, version } = await read(token);
    expect([confirmedAt !== null, version]).toEqual([true, 2]);
    const time = wish(place, await freeTime(place, 6));
    await visitorOf(place, token).booking.move({ ...time, version });
    expect((await read(token)).confirmedAt).toBeNull();
  });
});

describe("cancelling", () => {
  it("frees the time at once, twice without harm, and is taken back for a few minutes while it is free", async () => {
    const { token, time, appointmentId } = await book(place, 7);
    // The other practitioner is busy, so the time is free when this one is.
    await sitDown(place, {
      at: `${inDays(7)} 08:00`,
      resources: [place.practitioners.find((id) => id !== time.resourceId) ?? ""],
    });
    const visitor = visitorOf(place, token);
    expect(await firstTime(7)).not.toBe(time.startsAt.getTime());
    await visitor.booking.cancel({ version: 1 });
    await visitor.booking.cancel({ version: 1 });
    expect(await firstTime(7)).toBe(time.startsAt.getTime());
    const cancelled = await read(token);
    expect(cancelled.state).toBe("cancelled");
    expect(cancelled.undoUntil?.getTime()).toBeGreaterThan(Date.now());
    await visitor.booking.undoCancel();
    await visitor.booking.undoCancel();
    expect((await read(token)).state).toBe("upcoming");
    expect(await firstTime(7)).not.toBe(time.startsAt.getTime());
    const events = await sql<{ event: string }>(
      "select event from clinic.audit_event where $1 = any (entity_ids) order by id",
      appointmentId,
    );
    expect(events.map(({ event }) => event)).toEqual([
      "appointment.requested",
      "appointment.cancelled",
      "appointment.cancel-undone",
    ]);
  });

  it("is taken back as long as the visit was, or not at all and with the times that would hold it", async () => {
    const lengthen = async (days: number) => {
      const visit = await book(place, days);
      await sql(
        `with longer as (update clinic.sitting s set duration_minutes = 120, version = s.version + 1 from clinic.appointment a
           where a.id = $1 and s.id = a.sitting_id returning s.id, s.clinic_id)
         select from longer`,
        visit.appointmentId,
      );
      await visitorOf(place, visit.token).booking.cancel({ version: 1 });
      return visit;
    };
    const minutes = async ({ appointmentId }: { appointmentId: string }) => {
      const rows = await sql<{ minutes: number }>(
        `select (extract(epoch from upper(o.during) - lower(o.during)) / 60)::int as minutes
         from clinic.occupancy o join clinic.appointment a on a.sitting_id = o.sitting_id where a.id = $1`,
        appointmentId,
      );
      return rows.map((row) => row.minutes);
    };
    const [kept, gone] = [await lengthen(9), await lengthen(10)];
    await visitorOf(place, kept.token).booking.undoCancel();
    expect(await minutes(kept)).toEqual([120]);
    // Its first minutes are free, and not all of it.
    const at = new Date(gone.time.startsAt.getTime() + 60 * 60_000);
    await hold(place, freshToken(), { ...gone.time, startsAt: at });
    const refused = await refusal(visitorOf(place, gone.token).booking.undoCancel());
    expect(refused).toMatchObject({ code: "Conflict", key: "booking.timeGone" });
    const next = refused.details.next as { startsAt: string }[];
    expect(next).toHaveLength(3);
    for (const { startsAt } of next) {
      const from = new Date(startsAt).getTime();
      expect(from >= at.getTime() + 30 * 60_000 || from + 120 * 60_000 <= at.getTime()).toBe(true);
    }
    expect(await minutes(gone)).toEqual([]);
    expect((await read(gone.token)).state).toBe("cancelled");
  });

  it("is not taken back once somebody has the time, nor after the few minutes", async () => {
    const [gone, late] = [await book(place, 8), await book(place, 8, 12)];
    for (const { token } of [gone, late]) await visitorOf(place, token).booking.cancel({ version: 1 });
    await hold(place, freshToken(), gone.time);
    expect(await refusal(visitorOf(place, gone.token).booking.undoCancel())).toMatchObject({
      code: "Conflict",
      key: "booking.timeGone",
    });
    await sql(
      "update clinic.appointment set cancelled_at = now() - interval '6 minutes', version = version + 1 where id = $1",
      late.appointmentId,
    );
    expect(await refusal(visitorOf(place, late.token).booking.undoCancel())).toMatchObject({ key: "booking.undoOver" });
  });

  it("follows the clinic's notice, and so does moving", async () => {
    const { token } = await book(place, 9);
    const time = await freeTime(place, 9, 20);
    await sql(
      "update clinic.healthcare_service set cancel_notice_minutes = 43200, version = version + 1 where clinic_id = $1",
      place.clinic.id,
    );
    expect(await refusal(visitorOf(place, token).booking.cancel({ version: 1 }))).toMatchObject({
      key: "booking.tooLate",
    });
    expect(await refusal(visitorOf(place, token).booking.move({ ...time, version: 1 }))).toMatchObject({
      key: "booking.tooLate",
    });
    await sql(
      "update clinic.healthcare_service set cancel_notice_minutes = 60, version = version + 1 where clinic_id = $1",
      place.clinic.id,
    );
    await visitorOf(place, token).booking.cancel({ version: 1 });
  });
});

describe("moving", () => {
  it("takes the time along whole, frees the one before, and is said twice without harm", async () => {
    const { token, time, appointmentId } = await book(place, 16);
    const visitor = visitorOf(place, token);
    const times = unpackTimes(await visitor.booking.otherTimes({ from: inDays(17), days: 1 }));
    const to = wish(place, times[3] as (typeof times)[number]);
    await visitor.booking.move({ ...to, version: 1 });
    await visitor.booking.move({ ...to, version: 1 });
    expect(await read(token)).toMatchObject({ state: "upcoming", version: 2, startsAt: to.startsAt });
    const rows = await sql<{ at: Date }>(
      "select lower(o.during) as at from clinic.occupancy o join clinic.appointment a on a.sitting_id = o.sitting_id where a.id = $1",
      appointmentId,
    );
    expect(rows).toEqual([{ at: to.startsAt }]);
    expect((await freeTime(place, 16)).startsAt).toEqual(time.startsAt);
  });

  it("is offered only times as long as the visit was made by hand", async () => {
    const { token, appointmentId } = await book(place, 19);
    await sql(
      "update clinic.sitting s set duration_minutes = 120, version = s.version + 1 from clinic.appointment a where a.id = $1 and s.id = a.sitting_id and s.clinic_id = a.clinic_id",
      appointmentId,
    );
    const visitor = visitorOf(place, token);
    const times = unpackTimes(await visitor.booking.otherTimes({ from: inDays(20), days: 1 }));
    // Open from 8 h to 18 h, every quarter of an hour: for two hours, until 16 h.
    expect(times).toHaveLength(33);
    const last = wish(place, times[32] as (typeof times)[number]);
    const tooLate = { ...last, startsAt: new Date(last.startsAt.getTime() + 900_000) };
    expect(await refusal(visitor.booking.move({ ...tooLate, version: 1 }))).toMatchObject({ key: "booking.timeTaken" });
    await visitor.booking.move({ ...last, version: 1 });
    const [row] = await sql<{ minutes: number }>(
      "select (extract(epoch from upper(o.during) - lower(o.during)) / 60)::int as minutes from clinic.occupancy o join clinic.appointment a on a.sitting_id = o.sitting_id where a.id = $1",
      appointmentId,
    );
    expect(row?.minutes).toBe(120);
  });

  it("to a time that is taken leaves everything as it was, with times that are free", async () => {
    const { token, time } = await book(place, 18);
    const to = await freeTime(place, 18, 12);
    await hold(place, freshToken(), to);
    const refused = await refusal(visitorOf(place, token).booking.move({ ...to, version: 1 }));
    expect(refused).toMatchObject({ key: "booking.timeTaken" });
    expect((refused.details.next as unknown[]).length).toBe(3);
    expect((await read(token)).startsAt).toEqual(time.startsAt);
    // In the second tab, which shows the visit as it was.
    const free = await freeTime(place, 18, 20);
    await visitorOf(place, token).booking.confirmPresence({ version: 1 });
    expect(await refusal(visitorOf(place, token).booking.move({ ...free, version: 1 }))).toMatchObject({
      key: "booking.changed",
    });
  });
});

describe("a link that fell into other hands", () => {
  it("is shut by the clinic, with all others of the visit, and says so in the journal", async () => {
    const [lost, other] = [await book(place, 24), await book(place, 24, 8)];
    const staff = callerOf(place.clinic.owner, place.clinic).appointment;
    expect(await staff.revokeLinks({ id: lost.appointmentId })).toEqual({ revoked: 1 });
    expect(await staff.revokeLinks({ id: lost.appointmentId })).toEqual({ revoked: 0 });
    for (const call of [
      () => read(lost.token),
      () => visitorOf(place, lost.token).booking.cancel({ version: 1 }),
      () => visitorOf(place, lost.token).waitlist.sooner({ id: newId() }),
    ])
      expect((await refusal(call())).code).toBe("NotFound");
    expect((await read(other.token)).state).toBe("upcoming");
    const told = await sql(
      "select from clinic.audit_event where event = 'appointment.links-revoked' and $1 = any (entity_ids)",
      lost.appointmentId,
    );
    expect(told).toHaveLength(2);
    const elsewhere = await makeBookableClinic();
    const stranger = callerOf(elsewhere.clinic.owner, elsewhere.clinic).appointment;
    expect((await refusal(stranger.revokeLinks({ id: other.appointmentId }))).code).toBe("NotFound");
  });
});
