import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { unpackTimes } from "#server/booking/free-times.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { contactHash } from "#server/reminder/contact-hash.ts";
import { ensureStanding } from "#server/reminder/find-standing.ts";
import { composeWaitlistThanks } from "#server/waitlist/compose-offer.ts";
import { offerByRule } from "#server/waitlist/offer-by-rule.ts";
import { settleOffer } from "#server/waitlist/settle-offer.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, freshToken, hold, inDays, prove, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import {
  anyTime,
  callOff,
  mailedOffers,
  makeFreed,
  makeOffer,
  makeVisit,
  makeWaiting,
} from "#tests/factories/waitlist.ts";

let place: TestSchedule;
const staff = () => callerOf(place.clinic.owner, place.clinic).waitlist;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
});
afterAll(closeDatabases);

/** Runs the clinic's owed jobs of one name, as the worker does. */
async function run(job: string, handler: (ctx: never, payload: never) => Promise<void>): Promise<number> {
  const owed = await sql<{ id: string; payload: object }>(
    "select id, payload from queue.outbox where clinic_id = $1 and job = $2 order by id",
    place.clinic.id,
    job,
  );
  for (const { id, payload } of owed)
    await handler({ requestId: newId(), job, jobId: id, clinicId: place.clinic.id } as never, payload as never);
  return owed.length;
}

const mails = (kind: string) =>
  sql<{ subject: { offerId: string } }>(
    "select subject from queue.delivery where clinic_id = $1 and kind = $2",
    place.clinic.id,
    kind,
  );
const visitsOf = (patientId: string) =>
  sql<{ id: string; source: string; starts_at: Date; status: string }>(
    `select a.id, a.source, s.starts_at, a.status from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
     where a.clinic_id = $1 and a.patient_id = $2`,
    place.clinic.id,
    patientId,
  );

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

describe("an offer", () => {
  it("keeps the time from everybody else, books it for who accepts, and its link becomes the visit's", async () => {
    const { token, patientId, freedTimeId } = await makeOffer(place);
    const free = await visitorOf(place).booking.times({
      serviceId: place.serviceId,
      from: inDays(3),
      days: 1,
      newPatient: true,
    });
    const visitor = visitorOf(place, token).waitlist;
    const offer = await visitor.readOffer();
    expect(offer).toMatchObject({ state: "open", movesFrom: null });
    expect(unpackTimes(free).some(({ startsAt }) => startsAt.getTime() === offer.startsAt.getTime())).toBe(false);
    expect(await visitor.acceptOffer()).toEqual({ moved: false });
    expect(await visitor.acceptOffer()).toEqual({ moved: false });
    const visits = await visitsOf(patientId);
    expect(visits).toEqual([
      expect.objectContaining({ source: "waitlist", starts_at: offer.startsAt, status: "booked" }),
    ]);
    expect((await visitorOf(place, token).booking.visit()).startsAt).toEqual(offer.startsAt);
    expect(await run("settle-offers", settleOffer as never)).toBe(1);
    expect((await staff().list({})).rows).toEqual([]);
    expect((await staff().freed()).map(({ id }) => id)).not.toContain(freedTimeId);
  });

  it("is for the first of twenty who accept at once: one visit, and nineteen who are thanked", async () => {
    const waiting = [];
    for (let n = 0; n < 20; n++) waiting.push(await makeWaiting(place));
    const freedTimeId = await makeFreed(place);
    const { asked } = await staff().offer({ freedTimeId, entryIds: waiting.map(({ entryId }) => entryId) });
    expect(asked).toBe(20);
    const links = await mailedOffers(place, freedTimeId);
    const answers = await Promise.allSettled(
      [...links.values()].map((token) => visitorOf(place, token).waitlist.acceptOffer()),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = answers.flatMap((one) =>
      one.status === "rejected" ? [(one.reason.cause as { key: string }).key] : [],
    );
    expect(refused).toEqual(Array(19).fill("offer.taken"));
    const booked = await sql(
      "select from clinic.appointment where clinic_id = $1 and source = 'waitlist'",
      place.clinic.id,
    );
    expect(booked).toHaveLength(1);
    expect(await run("settle-offers", settleOffer as never)).toBe(1);
    const thanks = await mails("waitlist-thanks");
    expect(thanks).toHaveLength(19);
    const worker = { requestId: newId(), job: "deliver-mail", clinicId: place.clinic.id };
    const mail = await composeWaitlistThanks(worker, {
      deliveryId: newId(),
      locale: "fr",
      subject: thanks[0]?.subject as never,
    });
    expect(Object.keys(mail?.values ?? {}).sort()).toEqual(["at", "clinicName", "timeZone"]);
    expect((await staff().list({ most: 100 })).rows).toHaveLength(19);
  });

  it("that lost opens nothing of the visit that won", async () => {
    const [one, two] = [await makeWaiting(place), await makeWaiting(place)];
    const freedTimeId = await makeFreed(place);
    await staff().offer({ freedTimeId, entryIds: [one.entryId, two.entryId] });
    const links = await mailedOffers(place, freedTimeId);
    const [winner, loser] = [links.get(one.entryId) ?? "", links.get(two.entryId) ?? ""];
    await visitorOf(place, winner).waitlist.acceptOffer();
    expect(await visitorOf(place, loser).waitlist.readOffer()).toMatchObject({ state: "taken" });
    expect((await refusal(visitorOf(place, loser).booking.visit())).code).toBe("NotFound");
    expect((await refusal(visitorOf(place, loser).booking.cancel({ version: 1 }))).code).toBe("NotFound");
    expect((await visitsOf(two.patientId)).length).toBe(0);
  });

  it("brings a visit forward whole: the same appointment at the earlier time, and its old time is free for the next", async () => {
    const { token, appointmentId, email } = await book(place, 6);
    const before = await visitorOf(place, token).booking.visit();
    const id = newId();
    await visitorOf(place, token).waitlist.sooner({ id });
    expect(await visitorOf(place, token).waitlist.sooner({ id: newId() })).toBeDefined();
    const { rows } = await staff().list({});
    expect(rows).toEqual([expect.objectContaining({ id, soonerThan: before.startsAt, reachable: true })]);
    const later = await makeFreed(place, 7);
    const sooner = await makeFreed(place, 3);
    const freed = await staff().freed();
    expect(freed.find((one) => one.id === later)?.candidates).toEqual([]);
    expect(freed.find((one) => one.id === sooner)?.candidates.map(({ entryId }) => entryId)).toEqual([id]);
    await staff().offer({ freedTimeId: sooner, entryIds: [id] });
    const link = (await mailedOffers(place, sooner)).get(id) ?? "";
    const offer = await visitorOf(place, link).waitlist.readOffer();
    expect(offer.movesFrom).toEqual(before.startsAt);
    expect(await visitorOf(place, link).waitlist.acceptOffer()).toEqual({ moved: true });
    const after = await visitorOf(place, token).booking.visit();
    expect(after.startsAt).toEqual(offer.startsAt);
    const [row] = await sql<{ id: string; n: number }>(
      `select a.id, (select count(*)::int from clinic.place p where p.id = a.id) as n from clinic.appointment a
       join clinic.request_person r on r.id = a.request_person_id where r.email = $1`,
      email,
    );
    expect(row).toEqual({ id: appointmentId, n: 1 });
    expect((await staff().freed()).some(({ startsAt }) => startsAt.getTime() === before.startsAt.getTime())).toBe(true);
  });

  it("opens its answer and nothing else: not the visit that it would bring forward", async () => {
    const { token, appointmentId } = await book(place, 6);
    const id = newId();
    await visitorOf(place, token).waitlist.sooner({ id });
    const freedTimeId = await makeFreed(place, 3);
    await staff().offer({ freedTimeId, entryIds: [id] });
    const link = visitorOf(place, (await mailedOffers(place, freedTimeId)).get(id) ?? "");
    const { version } = await visitorOf(place, token).booking.visit();
    const tries = [
      () => link.booking.visit(),
      () => link.booking.calendar(),
      () => link.booking.otherTimes({ from: inDays(7), days: 1 }),
      () => link.booking.confirmPresence({ version }),
      () => link.booking.cancel({ version }),
      () => link.booking.undoCancel(),
      () => link.waitlist.sooner({ id: newId() }),
    ];
    for (const one of tries) expect((await refusal(one())).code).toBe("NotFound");
    const rows = await sql<{ appointment: string; sitting: string; taken: number }>(
      `select a.status as appointment, s.status as sitting, (select count(*)::int from clinic.occupancy o where o.sitting_id = s.id) as taken
       from clinic.appointment a join clinic.sitting s on s.id = a.sitting_id where a.id = $1`,
      appointmentId,
    );
    expect(rows).toEqual([{ appointment: "booked", sitting: "booked", taken: 1 }]);
    expect(await link.waitlist.acceptOffer()).toEqual({ moved: true });
  });

  it("moves nothing when the visit was cancelled meanwhile", async () => {
    const { token } = await book(place, 6);
    const id = newId();
    await visitorOf(place, token).waitlist.sooner({ id });
    const freedTimeId = await makeFreed(place, 3);
    await staff().offer({ freedTimeId, entryIds: [id] });
    const link = (await mailedOffers(place, freedTimeId)).get(id) ?? "";
    const visitor = visitorOf(place, token).booking;
    await visitor.cancel({ version: (await visitor.visit()).version });
    expect((await refusal(visitorOf(place, link).waitlist.acceptOffer())).key).toBe("offer.gone");
    expect((await visitorOf(place, link).waitlist.readOffer()).state).toBe("open");
  });

  it("is declined, withdrawn, or runs out, and the time goes back to everybody", async () => {
    const declined = await makeOffer(place, 3, "09:00");
    await visitorOf(place, declined.token).waitlist.declineOffer({ leave: true });
    expect((await refusal(visitorOf(place, declined.token).waitlist.acceptOffer())).key).toBe("offer.declined");
    await run("settle-offers", settleOffer as never);
    expect((await staff().list({})).rows).toEqual([]);

    const withdrawn = await makeOffer(place, 4, "09:00");
    expect(await staff().withdraw({ freedTimeId: withdrawn.freedTimeId })).toEqual({ withdrawn: 1 });
    expect((await refusal(visitorOf(place, withdrawn.token).waitlist.acceptOffer())).key).toBe("offer.expired");
    const free = await visitorOf(place).booking.times({
      serviceId: place.serviceId,
      from: inDays(4),
      days: 1,
      newPatient: true,
    });
    expect(free.times.length).toBe(37);

    const late = await makeOffer(place, 5, "09:00");
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = replica");
      await admin.query(
        "update clinic.waitlist_offer set expires_at = now() - interval '1 minute' where entry_id = $1",
        [late.entryId],
      );
    });
    expect((await visitorOf(place, late.token).waitlist.readOffer()).state).toBe("expired");
    expect((await refusal(visitorOf(place, late.token).waitlist.acceptOffer())).key).toBe("offer.expired");
  });

  it("needs an address to be written to, and is made to nobody twice", async () => {
    const waiting = await makeWaiting(place);
    const freedTimeId = await makeFreed(place);
    await sql(
      "update clinic.patient_contact set ended_at = now(), version = version + 1 where patient_id = $1",
      waiting.patientId,
    );
    const offer = () => staff().offer({ freedTimeId, entryIds: [waiting.entryId] });
    expect((await refusal(offer())).key).toBe("waitlist.contactNeeded");
    await sql(
      "update clinic.patient_contact set ended_at = null, version = version + 1 where patient_id = $1",
      waiting.patientId,
    );
    await offer();
    expect((await refusal(offer())).key).toBe("waitlist.alreadyOffered");
  });

  it("is written to nobody who asked for no more mail, to whom no mail arrives, or who died; nor by a clinic that was suspended", async () => {
    const [asks, left, bounces, died] = [
      await makeWaiting(place),
      await makeWaiting(place),
      await makeWaiting(place),
      await makeWaiting(place),
    ];
    const keys = { clinic: await openClinicKey(place.clinic.id), platform: await openPlatformKey() };
    await withStaff(place.clinic.owner.ctx, async (db) => {
      for (const { email } of [left, bounces]) await ensureStanding(db, keys, "email", email);
    });
    const standing = (change: string, { email }: { email: string }) =>
      sql(
        `update clinic.contact_standing set ${change}, version = version + 1 where clinic_id = $1 and contact_hash = $2`,
        place.clinic.id,
        Buffer.from(contactHash(keys.clinic, "email", email)),
      );
    const unsubscribe = "care = 'withdrawn', source = 'link', decided_at = now()";
    await standing(unsubscribe, left);
    await standing("bounced_at = now(), bounce_code = 'SMTP_550'", bounces);
    await sql(
      "update clinic.patient set deceased_on = current_date, version = version + 1 where id = $1",
      died.patientId,
    );
    const freedTimeId = await makeFreed(place);
    const seen = (await staff().freed())[0]?.candidates.map(({ entryId, reachable }) => [entryId, reachable]);
    expect(seen).toEqual([
      [asks.entryId, true],
      [left.entryId, false],
      [bounces.entryId, false],
    ]);
    const entryIds = [asks, left, bounces, died].map((one) => one.entryId);
    expect((await refusal(staff().offer({ freedTimeId, entryIds: [left.entryId] }))).key).toBe(
      "waitlist.contactNeeded",
    );
    expect((await staff().offer({ freedTimeId, entryIds })).asked).toBe(1);
    expect([...(await mailedOffers(place, freedTimeId)).keys()]).toEqual([asks.entryId]);
    // Between the offer and its mail, too.
    await withStaff(place.clinic.owner.ctx, (db) => ensureStanding(db, keys, "email", asks.email));
    await standing(unsubscribe, asks);
    expect((await mailedOffers(place, freedTimeId)).size).toBe(0);
    await standing("care = 'granted', source = 'staff'", asks);
    expect((await mailedOffers(place, freedTimeId)).size).toBe(1);
    await sql("update host.clinic_registration set status = 'suspended' where clinic_id = $1", place.clinic.id);
    expect((await mailedOffers(place, freedTimeId)).size).toBe(0);
  });

  it("is one of several to the same person: who took one, or left the list, has the others no longer", async () => {
    for (const take of [true, false]) {
      const waiting = await makeWaiting(place);
      const links: string[] = [];
      for (const days of take ? [3, 4] : [5, 6]) {
        const freedTimeId = await makeFreed(place, days);
        await staff().offer({ freedTimeId, entryIds: [waiting.entryId] });
        links.push((await mailedOffers(place, freedTimeId)).get(waiting.entryId) ?? "");
      }
      const [first, second] = links.map((link) => visitorOf(place, link).waitlist);
      if (take) await first?.acceptOffer();
      else await first?.declineOffer({ leave: true });
      await run("settle-offers", settleOffer as never);
      await sql("delete from queue.outbox where clinic_id = $1 and job = 'settle-offers'", place.clinic.id);
      expect((await refusal(second?.acceptOffer() ?? Promise.resolve())).key).toBe("offer.expired");
      expect((await second?.readOffer())?.state).toBe("expired");
      expect(await visitsOf(waiting.patientId)).toHaveLength(take ? 1 : 0);
    }
  });

  it("says in the journal whose names were shown beside a freed time", async () => {
    const [one, two] = [await makeWaiting(place), await makeWaiting(place)];
    const freedTimeId = await makeFreed(place);
    const told = () =>
      sql<{ ids: string[] }>(
        "select entity_ids as ids from clinic.audit_event where clinic_id = $1 and event = 'waitlist.read' order by id",
        place.clinic.id,
      );
    await staff().freed();
    await staff().freed();
    expect((await told()).map(({ ids }) => ids)).toEqual([[one.entryId, two.entryId].sort()]);
    await staff().offer({ freedTimeId, entryIds: [one.entryId] });
    const third = await makeWaiting(place);
    await staff().freed();
    expect((await told()).at(-1)?.ids).toEqual([one, two, third].map(({ entryId }) => entryId).sort());
  });

  it("of another clinic, altered or made up is no offer", async () => {
    const { token } = await makeOffer(place);
    const other = await makeBookableClinic();
    for (const visitor of [visitorOf(other, token), visitorOf(place, freshToken()), visitorOf(place)]) {
      expect((await refusal(visitor.waitlist.readOffer())).code).toBe("NotFound");
      expect((await refusal(visitor.waitlist.acceptOffer())).code).toBe("NotFound");
    }
  });
});

describe("offers that leave by themselves", () => {
  const automatic = (offerMinutes = 60) =>
    staff().changeRule({ automatic: true, rule: "arrival", batch: 1, offerMinutes, version: null });
  const awake = () =>
    sql(
      "update clinic.booking_policy set quiet_from_minute = 0, quiet_until_minute = 0, version = version + 1 where clinic_id = $1",
      place.clinic.id,
    );

  it("are asked of one after the other, as many as the clinic said, when the offers before have run out", async () => {
    await automatic();
    await awake();
    const [one, two] = [await makeWaiting(place), await makeWaiting(place)];
    const freedTimeId = await makeFreed(place);
    expect(await run("offer-freed-time", offerByRule as never)).toBe(1);
    expect([...(await mailedOffers(place, freedTimeId)).keys()]).toEqual([one.entryId]);
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = replica");
      for (const text of [
        "update clinic.waitlist_offer set expires_at = now() - interval '1 minute' where clinic_id = $1",
        "update clinic.sitting set hold_expires_at = now() - interval '1 minute' where clinic_id = $1 and status = 'held'",
        "update clinic.occupancy set hold_expires_at = now() - interval '1 minute' where clinic_id = $1 and kind = 'hold'",
      ])
        await admin.query(text, [place.clinic.id]);
    });
    expect(await run("offer-freed-time", offerByRule as never)).toBe(1);
    expect([...(await mailedOffers(place, freedTimeId)).keys()]).toEqual([two.entryId]);
  });

  it("wait for the morning, and for nobody when the time was taken or the switch is off", async () => {
    await automatic();
    await makeWaiting(place);
    await sql(
      "update clinic.booking_policy set quiet_from_minute = 1, quiet_until_minute = 0, version = version + 1 where clinic_id = $1",
      place.clinic.id,
    );
    const freedTimeId = await makeFreed(place);
    await run("offer-freed-time", offerByRule as never);
    expect((await mailedOffers(place, freedTimeId)).size).toBe(0);
    const [again] = await sql<{ run_at: Date }>(
      "select run_at from queue.outbox where clinic_id = $1 and job = 'offer-freed-time'",
      place.clinic.id,
    );
    expect(again?.run_at.getTime()).toBeGreaterThan(Date.now());
    await awake();
    await makeVisit(place, 3, "09:00");
    await run("offer-freed-time", offerByRule as never);
    expect((await mailedOffers(place, freedTimeId)).size).toBe(0);
  });

  it("are not even thought of in a clinic that confirms them", async () => {
    await makeFreed(place);
    expect(await run("offer-freed-time", offerByRule as never)).toBe(0);
  });
});

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
