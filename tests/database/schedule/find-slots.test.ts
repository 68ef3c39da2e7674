import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { type RandomClinic, randomClinic } from "./random-clinic.ts";
import { asMoved, nowOf, type Slot, slowModel, windowOf } from "./slow-model.ts";
import { instant, placeId, resourceId, serviceId, sittingId, writeClinic } from "./write-clinic.ts";

/** What the one SQL round trip offers, against a slow and obvious model, in clinics at random. */
const web = new pg.Client({ connectionString: database.webUrl });
let clinic: TestClinic;
/** What runs on the one connection. */
let last: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  clinic = await makeClinic();
  await web.connect();
});
afterAll(async () => {
  await last;
  await web.end();
  await closeDatabases();
});

/** Writes the clinic, does something there as its staff, and leaves nothing behind. One after the other: a run whose time is up goes on. */
function inside<T>(random: RandomClinic, work: () => Promise<T>): Promise<T> {
  const next = last.then(async () => {
    await web.query("begin");
    try {
      const values = [clinic.id, clinic.owner.userId, newId()];
      await web.query("select reference.enter('staff', $1, $2, request => $3)", values);
      await writeClinic(web, clinic.id, random, clinic.owner.userId);
      return await work();
    } finally {
      await web.query("rollback");
    }
  });
  last = next.catch(() => undefined);
  return next;
}

const movingId = ({ moving }: RandomClinic) => (moving === null ? null : sittingId(moving));

async function found(random: RandomClinic): Promise<string[]> {
  const { lo, hi } = windowOf(random);
  const { rows } = await web.query<{ starts_at: Date; resource_id: string; location_id: string }>(
    "select starts_at, resource_id, location_id from clinic.find_slots($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    [
      clinic.id,
      serviceId("this"),
      instant(lo * 60),
      instant(hi * 60),
      random.wanted?.map(resourceId) ?? null,
      random.where === null ? null : [placeId(random.where)],
      random.newPatient,
      random.staff,
      movingId(random),
      instant(nowOf(random)),
      random.limit,
    ],
  );
  return rows.map((row) => `${row.starts_at.toISOString()} ${row.resource_id} ${row.location_id}`);
}

async function nextOf(random: RandomClinic): Promise<string[]> {
  const { lo, hi } = windowOf(random);
  const { rows } = await web.query<{ starts_at: Date; resource_id: string; location_id: string }>(
    "select starts_at, resource_id, location_id from clinic.next_slot($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    [
      clinic.id,
      serviceId("this"),
      instant(lo * 60),
      instant(hi * 60),
      random.wanted?.map(resourceId) ?? null,
      random.where === null ? null : [placeId(random.where)],
      random.newPatient,
      random.staff,
      instant(nowOf(random)),
    ],
  );
  return rows.map((row) => `${row.starts_at.toISOString()} ${row.resource_id} ${row.location_id}`);
}

const shown = ({ at, lead, place }: Slot) => `${instant(at * 60)} ${resourceId(lead)} ${placeId(place)}`;

async function chosen(random: RandomClinic, at: number, lead: number | null, place: number): Promise<string[] | null> {
  const { rows } = await web.query<{ ids: string[] | null }>(
    "select clinic.choose_resources($1, $2, $3, $4, $5, $6, $7, $8)::text[] as ids",
    [
      clinic.id,
      serviceId("this"),
      instant(at * 60),
      lead === null ? null : resourceId(lead),
      placeId(place),
      random.newPatient,
      movingId(random),
      instant(nowOf(random)),
    ],
  );
  return rows[0]?.ids ?? null;
}

/** Also where the machine is so slow that time runs out. */
const enough = 30;
const bounded = { numRuns: 500, interruptAfterTimeLimit: 10_000 };

it("find_slots offers what the model offers, in order", { timeout: 120_000 }, async () => {
  let [some, none] = [0, 0];
  await fc.assert(
    fc.asyncProperty(randomClinic, async (random) => {
      const expected = slowModel(asMoved(random)).offered().map(shown).sort();
      const [answer, next] = await inside(random, async () => [await found(random), await nextOf(random)] as const);
      expect(answer).toEqual(expected.slice(0, random.limit));
      // A sitting that moves does not ask for what comes next.
      if (random.moving === null) expect(next).toEqual(expected.slice(0, 1));
      if (expected.length > 0) some += 1;
      else none += 1;
    }),
    bounded,
  );
  // Few clinics prove little, and so do those in which nothing can be had.
  expect(some + none).toBeGreaterThanOrEqual(enough);
  expect(some).toBeGreaterThan((some + none) / 4);
});

it("choose_resources takes what is free, each thing once, whenever that can be done", {
  timeout: 120_000,
}, async () => {
  let [some, none] = [0, 0];
  await fc.assert(
    fc.asyncProperty(randomClinic, fc.array(fc.nat(), { minLength: 4, maxLength: 8 }), async (random, picks) => {
      const model = slowModel(asMoved(random));
      const offered = model.offered();
      const { lo, hi } = windowOf(random);
      await inside(random, async () => {
        for (const [n, pick] of picks.entries()) {
          const slot = offered[pick % (offered.length || 1)];
          // Times that are offered, and times that nobody offers: off the grid, and whoever leads.
          const at = n % 2 === 0 && slot ? slot.at : lo + (pick % (hi - lo + 1));
          const place = n % 2 === 0 && slot ? slot.place : pick % 2;
          if (random.closedPlace && place === 1) continue;
          const lead = pick % 3 === 0 ? null : n % 2 === 0 && slot ? slot.lead : pick % 3;
          const leads = lead === null ? random.lead.resources : [lead];
          const possible = leads.some((one) => model.isPossible(one, place, at));
          const ids = await chosen(random, at, lead, place);
          expect(ids !== null).toBe(possible);
          if (!ids) {
            none += 1;
            continue;
          }
          some += 1;
          if (lead !== null) expect(ids[0]).toBe(resourceId(lead));
          expect(new Set(ids).size).toBe(ids.length);
          let next = 0;
          for (const need of model.needs) {
            const free = need.free(place, at).map(resourceId);
            for (const one of ids.slice(next, next + need.quantity)) expect(free).toContain(one);
            next += need.quantity;
          }
          expect(ids).toHaveLength(next);
        }
      });
    }),
    bounded,
  );
  expect(some + none).toBeGreaterThanOrEqual(enough);
  expect(Math.min(some, none)).toBeGreaterThan((some + none) / 10);
});
