import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { offerByRule } from "#server/waitlist/offer-by-rule.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { mailedOffers, makeFreed, makeVisit, makeWaiting } from "#tests/factories/waitlist.ts";
import { runOwed } from "#tests/factories/waitlist-owed.ts";

/** Offers that no person makes. */
let place: TestSchedule;
const staff = () => callerOf(place.clinic.owner, place.clinic).waitlist;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeEach(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
});
afterAll(closeDatabases);

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
    expect(await runOwed(place, "offer-freed-time", offerByRule as never)).toBe(1);
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
    expect(await runOwed(place, "offer-freed-time", offerByRule as never)).toBe(1);
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
    await runOwed(place, "offer-freed-time", offerByRule as never);
    expect((await mailedOffers(place, freedTimeId)).size).toBe(0);
    const [again] = await sql<{ run_at: Date }>(
      "select run_at from queue.outbox where clinic_id = $1 and job = 'offer-freed-time'",
      place.clinic.id,
    );
    expect(again?.run_at.getTime()).toBeGreaterThan(Date.now());
    await awake();
    await makeVisit(place, 3, "09:00");
    await runOwed(place, "offer-freed-time", offerByRule as never);
    expect((await mailedOffers(place, freedTimeId)).size).toBe(0);
  });

  it("are not even thought of in a clinic that confirms them", async () => {
    await makeFreed(place);
    expect(await runOwed(place, "offer-freed-time", offerByRule as never)).toBe(0);
  });
});
