import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { type Visit, visitFactories } from "#tests/factories/procedures/visits.ts";
import { approve, makeBookableClinic, publishPage } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { fingerprint } from "./doors/fingerprint.ts";
import { type Caller, type Doors, openDoors } from "./doors/open-doors.ts";
import { behind, idPlaces, type Procedure } from "./doors/procedures.ts";
import { idsIn, nobodysId, placeOf, withId } from "./doors/swap-ids.ts";

/**
 * Every procedure of a public page's readers, read from the router, over real HTTP: first at clinics that show no page, by the
 * doors of other people, from other sites, with a token and ids that are another clinic's. All of it is refused and changes
 * nothing; then the very same call succeeds.
 */
const ofVisitors = behind("visitor");

/** Ids that the caller makes, for a row that is about to be. */
const minted: readonly string[] = ["waitlist.join id", "waitlist.join personId", "waitlist.sooner id"];

const admin = new pg.Client({ connectionString: database.adminUrl });
const count = { proven: 0, refused: 0, ids: 0, payloads: 0 };
let doors: Doors;
let [here, there] = [undefined as unknown as TestSchedule, undefined as unknown as TestSchedule];
let pageless: TestClinic[];

beforeAll(async () => {
  await admin.connect();
  doors = await openDoors();
  [here, there] = [await makeBookableClinic(), await makeBookableClinic()];
  const [unpublished, taken, unapproved, suspended] = await Promise.all([1, 2, 3, 4].map(() => makeClinic()));
  pageless = [unpublished, taken, unapproved, suspended] as TestClinic[];
  for (const clinic of pageless.slice(1)) await publishPage(clinic);
  await admin.query(
    "update clinic.public_page set published = null, published_at = null, published_by = null, version = version + 1 where clinic_id = $1",
    [taken?.id],
  );
  const status = "update host.clinic_registration set status = $1 where clinic_id = $2";
  await approve(unpublished as TestClinic);
  await admin.query(status, ["pending", unapproved?.id]);
  await admin.query(status, ["suspended", suspended?.id]);
});
afterAll(async () => {
  const { proven, refused, ids, payloads } = count;
  console.log(
    `visitors: ${ofVisitors.length} procedures: ${proven} proven by a rightful call after ${refused} refusals; ${ids} ids of another clinic's, ${payloads} payloads answered`,
  );
  await Promise.all([doors.close(), admin.end()]);
  await closeDatabases();
});

const nowhere = () => `clinique-${randomBytes(5).toString("hex")}`;
const foreign = { "sec-fetch-site": "cross-site", origin: "https://ailleurs.example" };

async function visitOf(path: string, place: TestSchedule): Promise<Visit> {
  const make = visitFactories[path];
  if (!make) throw new Error(`${path} has no factory: add one to tests/factories/procedures/visits.ts`);
  return make(place);
}

describe("a visitor's procedure", () => {
  it.each(ofVisitors)("%s", async (path, procedure) => {
    const visit = await visitOf(path, here);
    const theirs = await visitOf(path, there);
    const before = await fingerprint(admin);
    const as = (caller: Caller, { input, token }: Visit = visit) =>
      doors.call(procedure, input, { token, visitor: true, ...caller });

    // No page, whatever the reason: the same answer to the last byte.
    const none = await as({ slug: nowhere() });
    expect(none).toMatchObject({ status: 404, key: "notFound" });
    for (const { slug } of pageless) expect((await as({ slug })).whole).toBe(none.whole);
    // The doors of other people, even with a member's cookie.
    const cookie = `chevet-staff=${here.clinic.owner.token}`;
    for (const door of [
      { slug: here.clinic.slug, visitor: undefined },
      { visitor: undefined },
      { host: true as const },
    ])
      expect((await as({ ...door, cookie })).whole).toBe(none.whole);
    expect((await as({ slug: here.clinic.slug, headers: foreign })).status).toBe(403);
    if (procedure.type === "mutation")
      expect((await as({ slug: here.clinic.slug, headers: { "content-type": "text/plain" } })).status).toBe(415);
    count.refused += 6 + pageless.length;
    await refusesTokensOfOthers(procedure, visit, theirs);
    expect(await fingerprint(admin)).toEqual(before);
    await refusesIdsOfOthers(procedure, visit, theirs);
    expect(await fingerprint(admin)).toEqual(before);

    const answer = await as({ slug: here.clinic.slug });
    expect(`${answer.status} ${answer.status === 200 ? "" : answer.body}`).toBe("200 ");
    count.proven += 1;
    await breaksOnNothing(procedure, await visitOf(path, here));
  });

  it("is minted only where this page says so", () => {
    const places = ofVisitors.flatMap(([path, one]) => idPlaces(one).map((place) => `${path} ${place}`));
    expect(minted.filter((one) => !places.includes(one))).toEqual([]);
  });
});

/** The token of another clinic's hold or visit is worth what a made-up one is. */
async function refusesTokensOfOthers(procedure: Procedure, { input, token }: Visit, theirs: Visit) {
  if (!token) return;
  const [slug, made] = [here.clinic.slug, randomBytes(32).toString("base64url")];
  const answers = [];
  for (const other of [theirs.token, made])
    answers.push(await doors.call(procedure, input, { slug, visitor: true, token: other }));
  expect(answers[0]?.status).toBeGreaterThanOrEqual(400);
  expect(answers[0]?.status).toBeLessThan(500);
  expect(answers[0]?.whole).toBe(answers[1]?.whole);
  count.refused += 2;
}

/** Each id as another clinic's of the same kind and as nobody's: one answer. */
async function refusesIdsOfOthers(procedure: Procedure, { input, token }: Visit, theirs: Visit) {
  const tried = idsIn(input);
  expect(tried.map(({ at }) => placeOf(at)).sort(), "every place for an id is filled").toEqual(
    idPlaces(procedure).sort(),
  );
  const foreignIds = new Map(idsIn(theirs.input).map(({ at, id }) => [at.join("."), id]));
  for (const { at } of tried) {
    if (minted.includes(`${procedure.path} ${placeOf(at)}`)) continue;
    const id = foreignIds.get(at.join(".")) ?? "";
    const answers = [];
    for (const other of [id, nobodysId(id)]) {
      const caller = { slug: here.clinic.slug, visitor: true as const, token };
      const answer = await doors.call(procedure, withId(input, at, other), caller);
      if (procedure.type === "mutation") expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      answers.push(answer.whole.replaceAll(other, "<id>"));
    }
    expect(answers[0]).toBe(answers[1]);
    count.ids += 1;
  }
}

const payloads = ["\u0000", "a\u0000b", "'; reset role; --", "x".repeat(30_000), { $ne: null }, ["a"], 1e308, -1, null];

/** Each text and number of the input, one after the other, as something that means harm. */
async function breaksOnNothing(procedure: Procedure, { input, token }: Visit) {
  for (const at of leaves(input))
    for (const payload of payloads) {
      const caller = { slug: here.clinic.slug, visitor: true as const, token };
      const answer = await doors.call(procedure, withId(input, at, payload as string), caller);
      expect(answer.status, `${at.join(".")} ${JSON.stringify(payload).slice(0, 60)} ${answer.body}`).toBeLessThan(500);
      count.payloads += 1;
    }
}

function leaves(input: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof input === "string" || typeof input === "number") return [at];
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => leaves(value, [...at, name]));
}
