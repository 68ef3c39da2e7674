import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { displacedVisits } from "#server/schedule/displaced/list-displaced.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { type RandomClinic, randomClinic } from "./random-clinic.ts";
import { writeClinic } from "./write-clinic.ts";

/** The worklist of displaced visits looks at patterns first: what it then judges one by one must be all that there is. */
const web = new pg.Client({ connectionString: database.webUrl });
let clinic: TestClinic;
/** What runs on the one connection: a run whose time is up goes on. */
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

interface Found {
  readonly id: string;
  readonly why: readonly string[];
}

async function read(among: "suspects" | "all", page: { after?: string; most: number }): Promise<Found[]> {
  const { text, values } = displacedVisits(clinic.id, page, among);
  const { rows } = await web.query<Found>(text, values as unknown[]);
  return rows.map(({ id, why }) => ({ id, why }));
}

/** Writes the clinic, asks there as its staff, and leaves nothing behind. */
function inside<T>(random: RandomClinic, ask: () => Promise<T>): Promise<T> {
  const next = last.then(async () => {
    await web.query("begin");
    try {
      const values = [clinic.id, clinic.owner.userId, newId()];
      await web.query("select reference.enter('staff', $1, $2, request => $3)", values);
      await writeClinic(web, clinic.id, random, clinic.owner.userId);
      return await ask();
    } finally {
      await web.query("rollback");
    }
  });
  last = next.catch(() => undefined);
  return next;
}

// One who left, and a weekly time that is closed, are rare among random clinics, and half of what this list is for.
const lunch: RandomClinic["rules"][number] = {
  ...{ resource: 0, place: 0, dayOffset: 0, from: 480, length: 240, since: 4, until: null, everyWeeks: 1 },
  ...{ closed: true, service: "any", newPatients: false, removed: false },
};
const anyClinic = fc.tuple(randomClinic, fc.constantFrom(null, null, 0, 1), fc.constantFrom([], [0, 1, 2])).map(
  ([random, idle, off]): RandomClinic => ({
    ...random,
    idle: random.idle ?? idle,
    rules: [...random.rules, ...off.map((dayOffset) => ({ ...lunch, dayOffset }))],
  }),
);
const bounded = { numRuns: 400, interruptAfterTimeLimit: 20_000 };

it("is the same whether patterns are looked at first or every visit by itself", { timeout: 120_000 }, async () => {
  const seen = new Map<string, number>();
  let fits = 0;
  await fc.assert(
    fc.asyncProperty(anyClinic, async (random) => {
      const [quick, slow, booked] = await inside(random, async () => [
        await read("suspects", { most: 100 }),
        await read("all", { most: 100 }),
        (
          await web.query("select from clinic.sitting where clinic_id = $1 and status = 'booked' and kind = 'visit'", [
            clinic.id,
          ])
        ).rowCount,
      ]);
      expect(quick).toEqual(slow);
      for (const { why } of slow) for (const reason of why) seen.set(reason, (seen.get(reason) ?? 0) + 1);
      fits += (booked ?? 0) - slow.length;
    }),
    bounded,
  );
  // What never came up was not compared.
  expect([...seen.keys()]).toEqual(expect.arrayContaining(["blocked", "hours", "leave", "notGiven", "resource"]));
  expect(fits).toBeGreaterThan(0);
});

it("comes in pages, in the order of time", async () => {
  const stands = ({ service, heldFor, cancelled }: RandomClinic["sittings"][number]) =>
    service !== "block" && heldFor === null && !cancelled;
  const random = fc
    .sample(randomClinic, { numRuns: 1_000, seed: 7 })
    .find(({ sittings }) => sittings.filter(stands).length > 5);
  if (!random) throw new Error("no such clinic");
  await inside(
    { ...random, idle: 0, usual: random.usual.map((one) => ({ ...one, away: true })), rules: [] },
    async () => {
      const all = await read("all", { most: 100 });
      expect(all.length).toBeGreaterThan(3);
      const paged: Found[] = [];
      for (let page = await read("suspects", { most: 1 }); page.length > 0; ) {
        const [first, second] = page;
        paged.push(first as Found);
        page = second ? await read("suspects", { after: (first as Found).id, most: 1 }) : [];
      }
      expect(paged).toEqual(all);
    },
  );
});
