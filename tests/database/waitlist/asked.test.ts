import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { contactHash } from "#server/reminder/contact-hash.ts";
import { ensureStanding } from "#server/reminder/find-standing.ts";
import { settleOffer } from "#server/waitlist/settle-offer.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { visitorOf } from "#tests/factories/booking.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { mailedOffers, makeFreed, makeWaiting } from "#tests/factories/waitlist.ts";
import { runOwed, visitsOf } from "#tests/factories/waitlist-owed.ts";

/** Who is written to about a freed time, and what the journal says of it. */
let place: TestSchedule;
const staff = () => callerOf(place.clinic.owner, place.clinic).waitlist;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
});
afterAll(closeDatabases);

describe("an offer", () => {
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
      await runOwed(place, "settle-offers", settleOffer as never);
      await sql("delete from queue.outbox where clinic_id = $1 and job = 'settle-offers'", place.clinic.id);
      expect((await refusal(second?.acceptOffer() ?? Promise.resolve())).key).toBe("offer.expired");
      expect((await second?.readOffer())?.state).toBe("expired");
      expect(await visitsOf(place, waiting.patientId)).toHaveLength(take ? 1 : 0);
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
});
