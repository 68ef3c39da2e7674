import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { unpackTimes } from "#server/booking/free-times.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { composeWaitlistThanks } from "#server/waitlist/compose-offer.ts";
import { settleOffer } from "#server/waitlist/settle-offer.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, freshToken, inDays, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { mailedOffers, makeFreed, makeOffer, makeWaiting } from "#tests/factories/waitlist.ts";
import { runOwed, visitsOf } from "#tests/factories/waitlist-owed.ts";

/** What an offered time is to whom it was offered: what its link opens, and who has it. */
let place: TestSchedule;
const staff = () => callerOf(place.clinic.owner, place.clinic).waitlist;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
});
afterAll(closeDatabases);

const mails = (kind: string) =>
  sql<{ subject: { offerId: string } }>(
    "select subject from queue.delivery where clinic_id = $1 and kind = $2",
    place.clinic.id,
    kind,
  );

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
    const visits = await visitsOf(place, patientId);
    expect(visits).toEqual([
      expect.objectContaining({ source: "waitlist", starts_at: offer.startsAt, status: "booked" }),
    ]);
    expect((await visitorOf(place, token).booking.visit()).startsAt).toEqual(offer.startsAt);
    expect(await runOwed(place, "settle-offers", settleOffer as never)).toBe(1);
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
    expect(await runOwed(place, "settle-offers", settleOffer as never)).toBe(1);
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
    expect((await visitsOf(place, two.patientId)).length).toBe(0);
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
    await runOwed(place, "settle-offers", settleOffer as never);
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

  it("of another clinic, altered or made up is no offer", async () => {
    const { token } = await makeOffer(place);
    const other = await makeBookableClinic();
    for (const visitor of [visitorOf(other, token), visitorOf(place, freshToken()), visitorOf(place)]) {
      expect((await refusal(visitor.waitlist.readOffer())).code).toBe("NotFound");
      expect((await refusal(visitor.waitlist.acceptOffer())).code).toBe("NotFound");
    }
  });
});
