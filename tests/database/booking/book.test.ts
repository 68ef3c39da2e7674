import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unpackTimes } from "#server/booking/free-times.ts";
import { closeDatabases } from "#server/db/database.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import {
  book,
  freeTime,
  freshEmail,
  freshToken,
  hold,
  holdSlot,
  inDays,
  mailedCode,
  person,
  prove,
  visitorOf,
} from "#tests/factories/booking.ts";
import { refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import { sitDown, type TestSchedule } from "#tests/factories/schedule.ts";
import { solvedChallenge } from "#tests/factories/sign-up.ts";

/** From a free time to a booked visit, and everything that goes wrong on the way. */
let place: TestSchedule;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeAll(async () => {
  place = await makeBookableClinic({ practitioners: 2 });
});
afterAll(closeDatabases);

const timesOn = async (days: number) =>
  unpackTimes(
    await visitorOf(place).booking.times({ serviceId: place.serviceId, from: inDays(days), days: 1, newPatient: true }),
  );

describe("a time", () => {
  it("is offered once, whoever is free, and no longer once it is held", async () => {
    const times = await timesOn(10);
    // Open from 8 h to 18 h, an hour each, offered every quarter of an hour.
    expect(times).toHaveLength(37);
    expect(times.map(({ startsAt }) => startsAt.getTime())).toEqual(
      times.map(({ startsAt }) => startsAt.getTime()).sort(),
    );
    const [first] = times;
    for (const practitioner of place.practitioners) {
      await hold(place, freshToken(), {
        ...(await freeTime(place, 10)),
        startsAt: first?.startsAt as Date,
        resourceId: practitioner,
      });
    }
    // Two practitioners, both held from 8 h to 9 h.
    expect(await timesOn(10)).toHaveLength(33);
  });

  it("is the same browser's to change: one hold at a time, and a puzzle for the first only", async () => {
    const token = freshToken();
    const before = await freeTime(place, 11, 0);
    await hold(place, token, before);
    const later = { ...before, startsAt: new Date(before.startsAt.getTime() + 3_600_000) };
    await visitorOf(place, token).booking.hold({ ...later, proof: await solvedChallenge() });
    await visitorOf(place, token).booking.hold(later);
    const held = await sql(
      "select 1 from clinic.sitting where clinic_id = $1 and status = 'held' and local_date = $2",
      place.clinic.id,
      inDays(11),
    );
    expect(held).toHaveLength(1);
    expect(await refusal(visitorOf(place, freshToken()).booking.hold(later))).toMatchObject({ key: "proofNeeded" });
  });

  it("is given back on leaving, twice without harm", async () => {
    const token = freshToken();
    const time = await hold(place, token, await freeTime(place, 12));
    await visitorOf(place, token).booking.release({ mayReturn: false });
    expect(await refusal(visitorOf(place, token).booking.release({ mayReturn: false }))).toMatchObject({
      code: "NotFound",
    });
    expect((await timesOn(12))[0]?.startsAt).toEqual(time.startsAt);
  });

  it("that a reload may come back for stays held a moment longer, for that browser alone", async () => {
    const token = freshToken();
    const time = await hold(place, token, await freeTime(place, 12, 8));
    await visitorOf(place, token).booking.release({ mayReturn: true });
    const [held] = await sql<{ soon: boolean }>(
      "select s.hold_expires_at < now() + interval '1 minute' and o.hold_expires_at = s.hold_expires_at as soon from clinic.sitting s join clinic.occupancy o on o.sitting_id = s.id where s.hold_hash = sha256(convert_to($1, 'UTF8'))",
      token,
    );
    expect(held?.soon).toBe(true);
    const back = await visitorOf(place, token).booking.hold(time);
    expect(back.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 300_000);
  });

  it("that is forged, past, or not this service's is refused, with times that are free", async () => {
    const time = await freeTime(place, 13);
    const token = freshToken();
    await hold(place, token, await freeTime(place, 13, 20));
    const tried = (change: object) => refusal(visitorOf(place, token).booking.hold({ ...time, ...change }));
    const forged = await tried({ startsAt: new Date(time.startsAt.getTime() + 7 * 60_000) });
    expect(forged).toMatchObject({ code: "Conflict", key: "booking.timeTaken" });
    expect((forged.details.next as unknown[]).length).toBe(3);
    expect(await tried({ startsAt: new Date("2026-01-05T14:00:00Z") })).toMatchObject({ key: "booking.timeTaken" });
    expect(await tried({ startsAt: new Date("2199-01-05T14:00:00Z") })).toMatchObject({ key: "booking.timeTaken" });
    expect(await tried({ mode: "video" })).toMatchObject({ code: "NotFound" });
    // What it held before is still held.
    const [kept] = await sql<{ n: number }>(
      "select count(*)::int as n from clinic.sitting where clinic_id = $1 and local_date = $2 and status = 'held'",
      place.clinic.id,
      inDays(13),
    );
    expect(kept?.n).toBe(1);
  });

  it("of a service for new or for known patients, or by code, is for them only", async () => {
    const other = await makeBookableClinic();
    const token = freshToken();
    await hold(other, token, await freeTime(other, 4));
    const time = await freeTime(other);
    const tried = (change: object) => refusal(visitorOf(other, token).booking.hold({ ...time, ...change }));
    const audience = (word: string, code: string | null = null) =>
      sql(
        "update clinic.healthcare_service set audience = $2, code_hash = decode($3, 'hex'), version = version + 1 where clinic_id = $1",
        other.clinic.id,
        word,
        code,
      );
    await audience("existing");
    expect(await tried({ newPatient: true })).toMatchObject({ code: "NotFound" });
    await audience("new");
    expect(await tried({ newPatient: false })).toMatchObject({ code: "NotFound" });
    await audience("code", "00".repeat(32));
    expect(await tried({ code: "KQ7M-WX3B" })).toMatchObject({ code: "NotFound" });
    expect((await visitorOf(other).booking.services()).services).toEqual([]);
  });
});

describe("a code", () => {
  it("is tried five times, then another is asked for", async () => {
    const token = freshToken();
    await hold(place, token, await freeTime(place, 14));
    const visitor = visitorOf(place, token);
    await visitor.booking.requestCode({ email: freshEmail(), locale: "fr" });
    const code = await mailedCode(place, token);
    const wrong = code === "123456" ? "654321" : "123456";
    for (let n = 0; n < 4; n += 1)
      expect(await refusal(visitor.booking.verifyCode({ code: wrong }))).toMatchObject({
        fields: { code: "codeWrong" },
      });
    expect(await refusal(visitor.booking.verifyCode({ code: wrong }))).toMatchObject({ key: "codeSpent" });
    expect(await refusal(visitor.booking.verifyCode({ code }))).toMatchObject({ key: "codeSpent" });
    await visitor.booking.requestCode({ email: freshEmail(), locale: "fr" });
    await visitor.booking.verifyCode({ code: await mailedCode(place, token) });
  });

  it("is another browser's nothing, and needs a held time or a puzzle", async () => {
    const token = freshToken();
    await hold(place, token, await freeTime(place, 14, 4));
    await visitorOf(place, token).booking.requestCode({ email: freshEmail(), locale: "fr" });
    const code = await mailedCode(place, token);
    expect(await refusal(visitorOf(place, freshToken()).booking.verifyCode({ code }))).toMatchObject({
      key: "codeSpent",
    });
    const bare = visitorOf(place, freshToken()).booking.requestCode({ email: freshEmail(), locale: "fr" });
    expect(await refusal(bare)).toMatchObject({ key: "proofNeeded" });
  });

  it("proves one address: no visit is booked under another", async () => {
    const token = freshToken();
    const time = await hold(place, token, await freeTime(place, 15));
    await prove(place, token);
    const booking = visitorOf(place, token).booking.confirm({ ...person(freshEmail()), time });
    expect(await refusal(booking)).toMatchObject({ code: "Precondition", key: "booking.unverified" });
  });
});

describe("a visit", () => {
  it("is booked whole: an unverified person in no chart, their place, the time, the link, a line in the journal", async () => {
    const { token, email, appointmentId } = await book(place, 20);
    const [row] = await sql<Record<string, unknown>>(
      `select p.family_name, p.email, p.phone, p.status, p.patient_id, p.verified_at is not null as verified, p.notice_version, a.source, a.patient_id as chart, s.status as sitting,
         (select count(*)::int from clinic.occupancy o where o.clinic_id = s.clinic_id and o.sitting_id = s.id and o.kind = 'booking') as taken,
         (select agent_role from clinic.audit_event e where e.clinic_id = s.clinic_id and e.event = 'appointment.requested' and a.id = any (e.entity_ids)) as agent
       from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
       join clinic.request_person p on p.clinic_id = a.clinic_id and p.id = a.request_person_id where a.id = $1`,
      appointmentId,
    );
    expect(row).toEqual({
      family_name: "Tremblay",
      email,
      phone: "+14185550142",
      status: "open",
      patient_id: null,
      verified: true,
      notice_version: noticeVersion,
      source: "online",
      chart: null,
      sitting: "booked",
      taken: 1,
      agent: "visitor",
    });
    expect(await sql("select 1 from clinic.contact_check where email = $1", email)).toEqual([]);
    const view = await visitorOf(place, token).booking.visit();
    expect(view).toMatchObject({ state: "upcoming", movable: true });
    expect(JSON.stringify(view)).not.toMatch(/Tremblay|personne\.example|1991/);
  });

  it("is booked once by a double click, and its token holds nothing else", async () => {
    const token = freshToken();
    const time = await hold(place, token, await freeTime(place, 21));
    const email = await prove(place, token);
    const visitor = visitorOf(place, token);
    const [one, two] = await Promise.all([
      visitor.booking.confirm({ ...person(email), time }),
      visitor.booking.confirm({ ...person(email), time }),
    ]);
    expect(two).toEqual(one);
    expect(await sql("select 1 from clinic.request_person where email = $1", email)).toHaveLength(1);
    expect(await holdSlot(place, token, time)).toMatchObject({ held: false, spent: true });
    const [taken] = await sql<{ n: number }>(
      "select count(*)::int as n from clinic.occupancy o join clinic.appointment a on a.sitting_id = o.sitting_id where a.id = $1",
      one.appointmentId,
    );
    expect(taken?.n).toBe(1);
  });

  it("in two tabs is what the tab that confirms shows", async () => {
    const token = freshToken();
    const first = await hold(place, token, await freeTime(place, 22, 0));
    const email = await prove(place, token);
    const other = { ...first, startsAt: new Date(first.startsAt.getTime() + 2 * 3_600_000) };
    await visitorOf(place, token).booking.hold(other);
    const { appointmentId } = await visitorOf(place, token).booking.confirm({ ...person(email), time: first });
    const rows = await sql<{ starts_at: Date; status: string }>(
      "select s.starts_at, s.status from clinic.sitting s where s.clinic_id = $1 and s.local_date = $2",
      place.clinic.id,
      inDays(22),
    );
    expect(rows).toEqual([{ starts_at: first.startsAt, status: "booked" }]);
    expect(appointmentId).not.toBe("");
  });

  it("whose hold ran out is booked while nobody took the time, and refused with alternatives once somebody did", async () => {
    const [token, late] = [freshToken(), freshToken()];
    const time = await hold(place, token, await freeTime(place, 23));
    const email = await prove(place, token);
    await expire(token);
    await visitorOf(place, token).booking.confirm({ ...person(email), time });
    const second = await hold(place, late, await freeTime(place, 23, 8));
    const secondEmail = await prove(place, late);
    await expire(late);
    await hold(place, freshToken(), second);
    const refused = await refusal(visitorOf(place, late).booking.confirm({ ...person(secondEmail), time: second }));
    expect(refused).toMatchObject({ code: "Conflict", key: "booking.timeTaken" });
    const next = refused.details.next as { startsAt: string; locationId: string; resourceId: string }[];
    expect(next).toHaveLength(3);
    // The form is kept: the same visit at one of those times.
    const offer = { ...second, ...next[0], startsAt: new Date(next[0]?.startsAt ?? "") };
    await visitorOf(place, late).booking.confirm({ ...person(secondEmail), time: offer });
  });

  it("with a number keeps it sealed; only its form and its date stop anybody", async () => {
    const token = freshToken();
    const time = await hold(place, token, await freeTime(place, 24));
    const email = await prove(place, token);
    const visitor = visitorOf(place, token);
    const wrong = visitor.booking.confirm({ ...person(email), time, nam: "TREI 9199 1212" });
    expect(await refusal(wrong)).toMatchObject({ fields: { nam: "patient.namDate" } });
    // Another name and another birth date than typed: a matter for staff.
    await visitor.booking.confirm({ ...person(email), time, nam: "GAGM 8501 1512" });
    const [kept] = await sql<{ nam_sealed: Buffer; nam_last2: string }>(
      "select nam_sealed, nam_last2 from clinic.request_person where email = $1",
      email,
    );
    expect(kept?.nam_last2).toBe("12");
    expect(kept?.nam_sealed.toString("latin1")).not.toContain("8501");
  });

  it("for a child names who books", async () => {
    const token = freshToken();
    const time = await hold(place, token, await freeTime(place, 24, 8));
    const email = await prove(place, token);
    const child = { ...person(email), time, relation: "child" as const };
    expect(await refusal(visitorOf(place, token).booking.confirm(child))).toMatchObject({
      fields: { bookerName: "required" },
    });
    await visitorOf(place, token).booking.confirm({ ...child, bookerName: "Marc Tremblay" });
  });
});

describe("forty people at one time", () => {
  it("are one who holds it, and thirty-nine who are told what is free", async () => {
    const alone = await makeBookableClinic();
    const time = await freeTime(alone);
    const answers = await Promise.all(Array.from({ length: 40 }, () => holdSlot(alone, freshToken(), time)));
    expect(answers.filter((answer) => answer?.held)).toHaveLength(1);
    const told = answers.filter((answer) => !answer?.held);
    expect(told.map((answer) => answer?.next?.length)).toEqual(Array(39).fill(3));
  });
});

describe("a group", () => {
  it("is joined without a hold, until it is full", async () => {
    const group = await makeBookableClinic({ capacity: 2 });
    await sitDown(group, { at: `${inDays(5)} 10:00`, kind: "group", capacity: 2 });
    for (const n of [1, 2]) {
      const token = freshToken();
      const time = await hold(group, token, await freeTime(group, 5));
      const email = await prove(group, token, await solvedChallenge());
      const { appointmentId } = await visitorOf(group, token).booking.confirm({ ...person(email), time });
      expect(appointmentId, `person ${n}`).not.toBe("");
    }
    await expect(freeTime(group, 5)).rejects.toThrow("nothing is free");
  });
});

const expire = (token: string) =>
  asAdmin(database.adminUrl, async (admin) => {
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    const past = "now() - interval '1 minute'";
    const hash = "sha256(convert_to($1, 'UTF8'))";
    await admin.query(
      `update clinic.occupancy o set hold_expires_at = ${past} from clinic.sitting s where s.id = o.sitting_id and s.hold_hash = ${hash}`,
      [token],
    );
    await admin.query(`update clinic.sitting set hold_expires_at = ${past} where hold_hash = ${hash}`, [token]);
    await admin.query("commit");
  });
