import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { practitionerCount, type RandomClinic, randomClinic } from "./random-clinic.ts";
import { needsOf, nowOf, slowModel, windowOf } from "./slow-model.ts";
import { instant, placeId, resourceId, serviceId, sittingId, writeClinic } from "./write-clinic.ts";

/** explain_slot against find_slots, choose_resources and the slow model: a time is free exactly when there is nothing to say against it. */
const web = new pg.Client({ connectionString: database.webUrl });
let clinic: TestClinic;

beforeAll(async () => {
  clinic = await makeClinic();
  await web.connect();
});
afterAll(async () => {
  await last;
  await web.end();
  await closeDatabases();
});

let last: Promise<unknown> = Promise.resolve();

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

interface Said {
  free: boolean;
  resourceIds: string[] | null;
  reasons: { code: string; resourceId: string | null; from: string | null; until: string | null }[];
  notices: { code: string }[];
}

const movingId = ({ moving }: RandomClinic) => (moving === null ? null : sittingId(moving));

async function explain(random: RandomClinic, at: number, lead: number | null, place: number, minutes: number | null) {
  const { rows } = await web.query<{ said: Said }>(
    "select clinic.explain_slot($1, $2, $3, $4, $5, null, $6, $7, $8, $9, $10, 0) as said",
    [
      clinic.id,
      serviceId("this"),
      placeId(place),
      instant(at * 60),
      lead === null ? null : resourceId(lead),
      minutes,
      random.newPatient,
      random.staff,
      movingId(random),
      instant(nowOf(random)),
    ],
  );
  return (rows[0] as { said: Said }).said;
}

/** Who is needed beside and never leads: a visit may be asked for in their column, and no time is offered in their name. */
const onlyAssists = (random: RandomClinic, one: number): boolean =>
  needsOf(random).findIndex(({ resources }) => resources.includes(one)) > 0;

const visitors = ["past", "notice", "horizon", "limit", "step"];
/** Also where the machine is so slow that time runs out. */
const enough = 30;
const bounded = { numRuns: 500, interruptAfterTimeLimit: 10_000 };

it("says nothing against a time exactly when it is offered", { timeout: 120_000 }, async () => {
  let [free, refused] = [0, 0];
  const codes = new Map<string, number>();
  const picks = fc.array(fc.nat(), { minLength: 6, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(randomClinic, picks, async (random, chances) => {
      // Whom and where is asked here, not in the search.
      const asked = { ...random, wanted: null, where: null };
      const offered = slowModel(asked).offered();
      const { lo, hi } = windowOf(random);
      await inside(random, async () => {
        for (const [n, chance] of chances.entries()) {
          const slot = n % 2 === 0 ? offered[chance % (offered.length || 1)] : undefined;
          const at = slot?.at ?? lo + (chance % (hi - lo + 1));
          const place = slot?.place ?? chance % 2;
          const lead = slot?.lead ?? chance % practitionerCount;
          if (onlyAssists(random, lead)) continue;
          const said = await explain(random, at, lead, place, null);
          const isOffered = offered.some((one) => one.at === at && one.lead === lead && one.place === place);
          // Staff are told beside what holds visitors only; off the grid nothing is offered to anybody.
          const about = (said.reasons.length > 0 ? said.reasons : said.notices).map(({ code }) => code);
          const offGrid = said.notices.some(({ code }) => code === "step");
          expect({ at, lead, place, offered: said.free && !offGrid, about }).toEqual({
            at,
            lead,
            place,
            offered: isOffered,
            about,
          });
          expect(said.free).toBe(said.reasons.length === 0);
          if (random.staff) expect(said.reasons.filter(({ code }) => visitors.includes(code))).toEqual([]);
          else expect(said.notices).toEqual([]);
          if (said.free) free += 1;
          else refused += 1;
          for (const { code } of said.reasons) codes.set(code, (codes.get(code) ?? 0) + 1);
        }
      });
    }),
    bounded,
  );
  expect(free + refused).toBeGreaterThanOrEqual(enough);
  expect(Math.min(free, refused)).toBeGreaterThan((free + refused) / 10);
  // Every kind of reason that these clinics often have was met, unless the machine had time for a few of them only.
  const all = ["hours", "leave", "busy", "buffer", "room", "team", "notice", "step"];
  if (refused > 1_000) expect(all.filter((code) => !codes.has(code))).toEqual([]);
});

it("takes what choose_resources would, whoever leads and however long it lasts", { timeout: 120_000 }, async () => {
  let [some, none] = [0, 0];
  const picks = fc.array(fc.nat(), { minLength: 4, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(randomClinic, picks, fc.constantFrom(null, 15, 30, 90), async (random, chances, minutes) => {
      // The model of another length is the model of a service of that length.
      const staff = { ...random, staff: true };
      const model = slowModel({ ...staff, length: minutes ?? random.length });
      const offered = model.offered();
      const { lo, hi } = windowOf(random);
      await inside(random, async () => {
        for (const [n, chance] of chances.entries()) {
          const slot = n % 2 === 0 ? offered[chance % (offered.length || 1)] : undefined;
          const at = slot?.at ?? lo + (chance % (hi - lo + 1));
          const place = slot?.place ?? chance % 2;
          if (random.closedPlace && place === 1) continue;
          const lead = chance % 3 === 0 ? null : (slot?.lead ?? chance % practitionerCount);
          const leads = lead === null ? random.lead.resources : [lead];
          const possible = leads.some((one) => model.isPossibleWith(one, place, at));
          const { free, resourceIds, reasons } = await explain(staff, at, lead, place, minutes);
          expect({ free, reasons }).toEqual({ free: possible, reasons });
          if (!resourceIds) {
            none += 1;
            expect(reasons).not.toEqual([]);
            continue;
          }
          some += 1;
          if (lead !== null && onlyAssists(random, lead)) expect(resourceIds.slice(1)).toContain(resourceId(lead));
          else if (lead !== null) expect(resourceIds[0]).toBe(resourceId(lead));
          expect(new Set(resourceIds).size).toBe(resourceIds.length);
          let next = 0;
          for (const need of model.needs) {
            const could = need.free(place, at).map(resourceId);
            for (const one of resourceIds.slice(next, next + need.quantity)) expect(could).toContain(one);
            next += need.quantity;
          }
          expect(resourceIds).toHaveLength(next);
        }
      });
    }),
    bounded,
  );
  expect(some + none).toBeGreaterThanOrEqual(enough);
  expect(Math.min(some, none)).toBeGreaterThan((some + none) / 10);
});

it("offers a time that a visit left, on the grid or off it, exactly when the service fits there again", {
  timeout: 120_000,
}, async () => {
  let [fits, not, offGrid] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(randomClinic, fc.array(fc.nat(), { minLength: 4, maxLength: 8 }), async (random, chances) => {
      // As staff, of nobody new, and with every visit where it is.
      const asked = { ...random, wanted: null, where: null, staff: true, newPatient: false, moving: null };
      const model = slowModel(asked);
      const offered = model.offered();
      const { lo, hi } = windowOf(asked);
      await inside(asked, async () => {
        for (const [n, chance] of chances.entries()) {
          const slot = n % 2 === 0 ? offered[chance % (offered.length || 1)] : undefined;
          const at = slot ? slot.at + (chance % 3) * 5 : lo + (chance % (hi - lo + 1));
          const place = slot?.place ?? chance % 2;
          const lead = slot?.lead ?? asked.lead.resources[chance % asked.lead.resources.length] ?? 0;
          if (asked.closedPlace && place === 1) continue;
          const freed = newId();
          await web.query(
            `insert into clinic.freed_time (clinic_id, id, service_id, location_id, resource_id, mode, starts_at, duration_minutes, cause)
             values ($1, $2, $3, $4, $5, 'in-person', $6, 30, 'cancelled')`,
            [clinic.id, freed, serviceId("this"), placeId(place), resourceId(lead), instant(at * 60)],
          );
          const { rows } = await web.query<{ taken: string[] | null }>(
            "select clinic.freed_resources($1, $2, $3) as taken",
            [clinic.id, freed, instant(nowOf(asked))],
          );
          const taken = rows[0]?.taken ?? null;
          expect({ at, lead, place, fits: taken !== null }).toEqual({
            at,
            lead,
            place,
            fits: model.isPossible(lead, place, at),
          });
          if (!taken) not += 1;
          else {
            fits += 1;
            expect(taken[0]).toBe(resourceId(lead));
            if (!offered.some((one) => one.at === at && one.lead === lead && one.place === place)) offGrid += 1;
          }
        }
      });
    }),
    bounded,
  );
  expect(fits + not).toBeGreaterThanOrEqual(enough);
  expect(Math.min(fits, not, offGrid)).toBeGreaterThan(0);
});
