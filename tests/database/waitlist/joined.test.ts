import { simpleParser } from "mailparser";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashToken } from "#server/auth/read-session.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { createLogger } from "#server/logger.ts";
import { createMailDelivery } from "#server/mail/deliver-mail.ts";
import { contactHash } from "#server/reminder/contact-hash.ts";
import { unsubscribe } from "#server/reminder/unsubscribe.ts";
import { withdrawContactConsent } from "#server/reminder/withdraw-contact-consent.ts";
import { composeWaitlistJoined } from "#server/waitlist/compose-joined.ts";
import { composeWaitlistOffer, composeWaitlistThanks } from "#server/waitlist/compose-offer.ts";
import { settleOffer } from "#server/waitlist/settle-offer.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { freshToken, visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { requestContext } from "#tests/factories/clinic.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { anyTime, joinOnPage, mailedOffers, makeFreed } from "#tests/factories/waitlist.ts";
import { type MoodySmtp, startMoodySmtp } from "#tests/servers/moody-smtp.ts";

/** The mail that says to whoever joined on the page that they wait, and how to wait no more. */

const origin = "https://chevet.exemple.quebec";
const log = createLogger({ write: () => undefined }, "error");
let place: TestSchedule;
let smtp: MoodySmtp;

beforeAll(async () => {
  smtp = await startMoodySmtp("accept");
});
beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
  smtp.received.length = 0;
});
afterAll(async () => {
  await smtp.stop();
  await closeDatabases();
});

const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);
const worker = (job = "deliver-mail") => ({ requestId: newId(), job, clinicId: place.clinic.id, log });
const waiting = async () =>
  (await callerOf(place.clinic.owner, place.clinic).waitlist.list({})).rows.map(({ id }) => id);

/** What the worker would mail about a place on the list. */
const compose = (entryId: string, locale: "fr" | "en" = "fr", ctx = worker()) =>
  composeWaitlistJoined(ctx, { deliveryId: newId(), locale, subject: { entryId } });
const tokenOf = (mail: Awaited<ReturnType<typeof compose>>) => mail?.values.path.split("#")[1] ?? "";

const posted = (kind = "waitlist-joined") =>
  sql<{ id: string; subject: object; locale: string }>(
    "select id, subject, locale from queue.delivery where clinic_id = $1 and kind = $2 order by id",
    place.clinic.id,
    kind,
  );

/** Sends what was posted of one kind, over SMTP. */
async function deliver(kind: string) {
  const route = { smtpUrl: smtp.url, from: "ne-pas-repondre@exemple.quebec", origin };
  const send = createMailDelivery(route, {
    "waitlist-joined": composeWaitlistJoined,
    "waitlist-offer": composeWaitlistOffer,
    "waitlist-thanks": composeWaitlistThanks,
  });
  for (const { id } of await posted(kind)) await send(worker(), { deliveryId: id });
  return Promise.all(smtp.received.splice(0).map(({ raw }) => simpleParser(raw)));
}

describe("the mail to whoever joined", () => {
  it("is posted once for each join, by ids only, in the person's language", async () => {
    const one = await joinOnPage(place);
    await visitorOf(place, one.token).waitlist.join(one.input);
    const two = await joinOnPage(place, true, "en");
    expect((await posted()).map(({ subject, locale }) => ({ subject, locale }))).toEqual([
      { subject: { entryId: one.id }, locale: "fr" },
      { subject: { entryId: two.id }, locale: "en" },
    ]);
    const jobs = await sql<{ payload: object }>(
      "select payload from queue.outbox where clinic_id = $1 and job = 'deliver-mail'",
      place.clinic.id,
    );
    for (const { id } of await posted()) expect(jobs.map(({ payload }) => payload)).toContainEqual({ deliveryId: id });
  });

  it("is not posted when the join is refused", async () => {
    const { token, input } = await joinOnPage(place);
    const again = { ...input, id: newId(), personId: newId() };
    await refusal(visitorOf(place, token).waitlist.join({ ...again, serviceId: newId() }));
    await refusal(visitorOf(place, token).waitlist.join({ ...again, noticeVersion: "2025-01" }));
    await refusal(visitorOf(place, token).waitlist.join({ ...again, untilDate: "2020-01-01" }));
    expect(await posted()).toHaveLength(1);
  });

  it("goes to the address that was proved, says the clinic's neutral name and nothing of what is waited for", async () => {
    await sql(
      "update clinic.clinic set neutral_name = 'Clinique neutre', version = version + 1 where clinic_id = $1",
      place.clinic.id,
    );
    const { id, email } = await joinOnPage(place);
    const mail = await compose(id);
    const { slug } = place.clinic;
    expect(mail?.to).toBe(email);
    expect(mail?.values).toEqual({
      clinicName: "Clinique neutre",
      path: expect.stringMatching(new RegExp(`^/c/${slug}/attente#[\\w-]{43}$`)),
    });
    expect((await compose(id, "en"))?.values.path).toMatch(new RegExp(`^/c/${slug}/attente\\?lang=en#[\\w-]{43}$`));
  });

  it("changes nothing for whoever has the entry open: it is no edit of theirs", async () => {
    const { id } = await joinOnPage(place);
    const staff = callerOf(place.clinic.owner, place.clinic).waitlist;
    const [shown] = (await staff.list({})).rows;
    await compose(id);
    const { serviceId, locationId, resourceIds, weekdays, fromMinute, untilMinute, untilDate } = anyTime(place);
    const wish = { serviceId, locationId, resourceIds, weekdays, fromMinute, untilMinute, untilDate };
    expect(shown?.version).toBe(1);
    expect(await staff.change({ id, version: 1, ...wish, priority: 1, note: "" })).toEqual({ version: 2 });
    // Whatever rides along is one, and is counted.
    const along = sql("update clinic.waitlist_entry set mailed_hash = sha256('x'), note = 'unseen' where id = $1", id);
    await expect(along).rejects.toThrow("stale version");
  });

  it("carries a link of its own, kept as a hash: tried again it is another, and the one before opens nothing", async () => {
    const { id, token } = await joinOnPage(place);
    const [first, second] = [tokenOf(await compose(id)), tokenOf(await compose(id))];
    expect(new Set([token, first, second]).size).toBe(3);
    const [row] = await sql<{ leave_hash: Buffer; mailed_hash: Buffer; whole: string }>(
      "select leave_hash, mailed_hash, e::text as whole from clinic.waitlist_entry e where id = $1",
      id,
    );
    expect(row?.mailed_hash).toEqual(Buffer.from(hashToken(second)));
    expect(row?.leave_hash).toEqual(Buffer.from(hashToken(token)));
    expect(row?.whole).not.toContain(second);
    expect((await refusal(visitorOf(place, first).waitlist.leave())).code).toBe("NotFound");
    expect(await waiting()).toEqual([id]);
  });

  it("does not leave for who left meanwhile, is of no clinic but its own, and needs the clinic's page", async () => {
    const [gone, stays] = [await joinOnPage(place), await joinOnPage(place)];
    await visitorOf(place, gone.token).waitlist.leave();
    expect(await compose(gone.id)).toBeNull();
    expect(await compose(newId())).toBeNull();
    const other = await makeBookableClinic({ practitioners: 1 });
    expect(await compose(stays.id, "fr", { ...worker(), clinicId: other.clinic.id })).toBeNull();
    await sql(
      "update clinic.public_page set published = null, published_at = null, published_by = null, version = version + 1 where clinic_id = $1",
      place.clinic.id,
    );
    expect(await compose(stays.id)).toBeNull();
  });

  it("does not leave to an address that asked for no more, or where none arrives", async () => {
    const { id, email } = await joinOnPage(place);
    // The first mail made the address's way out.
    const mail = await compose(id);
    await unsubscribe(requestContext(), { slug: place.clinic.slug, token: mail?.wayOut.token ?? "" });
    const [job] = await sql<{ id: string; payload: { standingId: string } }>(
      "select id, payload from queue.outbox where clinic_id = $1 and job = 'withdraw-contact'",
      place.clinic.id,
    );
    await withdrawContactConsent(
      { ...worker("withdraw-contact"), jobId: job?.id ?? "" } as never,
      job?.payload as never,
    );
    expect(await compose(id)).toBeNull();
    const hash = Buffer.from(contactHash(await openClinicKey(place.clinic.id), "email", email));
    const changed = await sql(
      `update clinic.contact_standing set care = 'granted', source = 'staff', bounced_at = now(), bounce_code = 'SMTP_550', version = version + 1
       where clinic_id = $1 and contact_hash = $2 returning id`,
      place.clinic.id,
      hash,
    );
    expect(changed).toHaveLength(1);
    expect(await compose(id)).toBeNull();
  });
});

describe("the link of the mail", () => {
  it("leaves its own place on the list and no other, once, and says so each time", async () => {
    const [one, two] = [await joinOnPage(place), await joinOnPage(place)];
    const token = tokenOf(await compose(one.id));
    await compose(two.id);
    expect(await visitorOf(place, token).waitlist.leave()).toEqual({ left: true });
    expect(await visitorOf(place, token).waitlist.leave()).toEqual({ left: true });
    expect(await waiting()).toEqual([two.id]);
    const events = await sql(
      "select from clinic.audit_event where clinic_id = $1 and event = 'waitlist.left'",
      place.clinic.id,
    );
    expect(events).toHaveLength(1);
  });

  it("leaves the tab's own token as good as it was, before and after it", async () => {
    const [one, two] = [await joinOnPage(place), await joinOnPage(place)];
    const token = tokenOf(await compose(one.id));
    expect(await visitorOf(place, one.token).waitlist.leave()).toEqual({ left: true });
    // Gone already, by the other way.
    expect(await visitorOf(place, token).waitlist.leave()).toEqual({ left: true });
    await visitorOf(place, tokenOf(await compose(two.id))).waitlist.leave();
    expect(await visitorOf(place, two.token).waitlist.leave()).toEqual({ left: true });
    expect(await waiting()).toEqual([]);
  });

  it("that was altered, was never made, or is another clinic's is answered alike, and ends nothing", async () => {
    const { id } = await joinOnPage(place);
    const token = tokenOf(await compose(id));
    const other = await makeBookableClinic({ practitioners: 1 });
    const altered = `${token.startsWith("A") ? "B" : "A"}${token.slice(1)}`;
    const answers = [
      await refusal(visitorOf(place, altered).waitlist.leave()),
      await refusal(visitorOf(place, freshToken()).waitlist.leave()),
      await refusal(visitorOf(other, token).waitlist.leave()),
    ];
    expect(answers[0]?.code).toBe("NotFound");
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(await waiting()).toEqual([id]);
  });

  it("opens nothing but the way out: no offer, no visit", async () => {
    const { id } = await joinOnPage(place);
    const visitor = visitorOf(place, tokenOf(await compose(id)));
    for (const call of [
      () => visitor.booking.visit(),
      () => visitor.waitlist.readOffer(),
      () => visitor.waitlist.declineOffer({ leave: true }),
      () => visitor.waitlist.sooner({ id: newId() }),
    ])
      expect((await refusal(call())).code).toBe("NotFound");
    expect(await waiting()).toEqual([id]);
  });
});

describe("what the waiting list mails", () => {
  it("carries the mailbox's own button and a link at its foot, which both end the clinic's mail: joined, offer and thanks", async () => {
    const [one, two] = [await joinOnPage(place), await joinOnPage(place)];
    const joined = await deliver("waitlist-joined");
    const freedTimeId = await makeFreed(place);
    await callerOf(place.clinic.owner, place.clinic).waitlist.offer({ freedTimeId, entryIds: [one.id, two.id] });
    const offers = await deliver("waitlist-offer");
    const links = await mailedOffers(place, freedTimeId);
    await visitorOf(place, links.get(one.id) ?? "").waitlist.acceptOffer();
    const [job] = await sql<{ id: string; payload: { offerId: string } }>(
      "select id, payload from queue.outbox where clinic_id = $1 and job = 'settle-offers'",
      place.clinic.id,
    );
    await settleOffer({ ...worker("settle-offers"), jobId: job?.id ?? "" }, job?.payload ?? { offerId: "" });
    const thanks = await deliver("waitlist-thanks");
    expect([joined.length, offers.length, thanks.length]).toEqual([2, 2, 1]);
    const mails = [...joined, ...offers, ...thanks];
    const tokens = mails.map(({ text = "", headerLines }) => {
      const header = (name: string) => headerLines.find(({ key }) => key === name)?.line.replace(/\r?\n\s+/g, " ");
      const [, foot] = new RegExp(`${origin}/c/${place.clinic.slug}/desabonnement#([\\w-]{43})`).exec(text) ?? [];
      expect(header("list-unsubscribe")).toBe(
        `List-Unsubscribe: <${origin}/api/c/${place.clinic.slug}/desabonnement/${foot}>`,
      );
      expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
      expect(text).toContain("Il concerne la liste d’attente");
      expect(text).not.toContain("pas de désabonnement");
      return foot ?? "";
    });
    // An address has one way out, whichever mail it is read in.
    expect(new Set(tokens).size).toBe(2);
    for (const token of new Set(tokens)) await unsubscribe(requestContext(), { slug: place.clinic.slug, token });
    const ended = await sql(
      "select from queue.outbox where clinic_id = $1 and job = 'withdraw-contact'",
      place.clinic.id,
    );
    expect(ended).toHaveLength(2);
  });
});
