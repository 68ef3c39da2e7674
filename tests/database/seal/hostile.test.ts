import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { largestBatch } from "#server/web/trpc-door.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import type { Factory } from "#tests/factories/procedures/factory.ts";
import { procedureFactories } from "#tests/factories/procedures/registry.ts";
import { fingerprint } from "./doors/fingerprint.ts";
import { type Doors, openDoors } from "./doors/open-doors.ts";
import { behind } from "./doors/procedures.ts";

/** A member, an operator and a visitor who mean harm, over real HTTP. */
const admin = new pg.Client({ connectionString: database.adminUrl });
let doors: Doors;
let clinic: TestClinic;
let member: TestMember;
const count = { payloads: 0 };

beforeAll(async () => {
  await admin.connect();
  [doors, clinic] = [await openDoors(), await makeClinic()];
  member = await makeMember(clinic, "administrator");
});
afterAll(async () => {
  console.log(`hostile: ${count.payloads} payloads answered without a fault of the server's`);
  await Promise.all([doors.close(), admin.end()]);
  await closeDatabases();
});

const cookie = ({ token }: TestMember) => `chevet-staff=${token}`;

/** Each text field of the valid input, one after the other, becomes each of these. */
const payloads = [
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202e\u2066",
  "'; reset role; select set_config('app.clinic_id', '', true); --",
  "$1) or true --",
  "%_\\%",
  "x".repeat(30_000),
  { $ne: null },
  { __proto__: null, contains: "" },
  ["a"],
  1e308,
  -1,
  null,
];

let turn = 0;

/** A few at a time, in turn: every payload is tried in many places, and no run lasts for ever. */
const nextPayloads = (most: number) => Array.from({ length: most }, () => payloads[turn++ % payloads.length]);

/** The places of an input that hold a text or a number, whatever their depth. */
function leaves(input: unknown, at: string[] = []): string[][] {
  if (typeof input === "string" || typeof input === "number") return [at];
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => leaves(value, [...at, name]));
}

function replaced(input: unknown, at: readonly string[], value: unknown): unknown {
  const copy = structuredClone(input) as Record<string, unknown>;
  const inner = at.slice(0, -1).reduce((part, name) => part[name] as Record<string, unknown>, copy);
  inner[at.at(-1) as string] = value;
  return copy;
}

describe("a hostile payload", () => {
  let tried = 0;
  // One session may change so much in a minute: the next procedures are another clinic's.
  beforeEach(async () => {
    if (tried++ % 12 === 11) clinic = await makeClinic();
  });

  it.each(behind("clinic"))("%s answers it, and breaks on none", async (path, procedure) => {
    const input = await (procedureFactories[path] as Factory)({ clinic, member: clinic.owner });
    for (const at of leaves(input))
      for (const payload of nextPayloads(3)) {
        const answer = await doors.call(procedure, replaced(input, at, payload), {
          slug: clinic.slug,
          cookie: cookie(clinic.owner),
        });
        expect(
          answer.status,
          `${path} ${at.join(".")} ${JSON.stringify(payload).slice(0, 60)} ${answer.body}`,
        ).toBeLessThan(500);
        count.payloads += 1;
      }
  });

  it("never reaches an object's prototype, nor brings a class to life", async () => {
    const search = { path: "patient.search", type: "query" };
    const as = { slug: clinic.slug, cookie: cookie(clinic.owner) };
    for (const body of [
      '{"json":{"text":"gagnon","__proto__":{"admin":true}}}',
      '{"json":{"text":"gagnon","constructor":{"prototype":{"admin":true}}}}',
      '{"json":{"text":"gagnon"},"meta":{"values":{"__proto__.admin":["Date"]}}}',
      '{"json":{"text":"gagnon"},"meta":{"values":{"constructor.prototype.admin":["undefined"]}}}',
      '{"json":{"text":"gagnon"},"meta":{"referentialEqualities":{"text":["__proto__.admin"]}}}',
      '{"json":{"text":"gagnon"},"meta":{"values":{"text":[["class","Clinic"]]}}}',
      '{"json":{"text":"gagnon"},"meta":{"values":{"text":[["custom","Decimal"]]}}}',
      `{"json":${"[".repeat(5_000)}${"]".repeat(5_000)}}`,
    ]) {
      const { status, body: said } = await doors.send(search, body, as);
      expect(`${status < 500} ${said}`).toMatch(/^true /);
      expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
      expect(({} as { admin?: unknown }).admin).toBeUndefined();
    }
  });
});

describe("a hostile batch", () => {
  it("is no longer than it may be, and each call in it is guarded by itself", async () => {
    const { id } = await makePatient(clinic.owner.ctx);
    const small = await makeMember(clinic, "billing");
    const one = (n: number, path: string) => Array.from({ length: n }, () => path).join(",");
    const too = await doors.send({ path: `${one(largestBatch + 1, "clinic.read")}?batch=1`, type: "mutation" }, "{}", {
      slug: clinic.slug,
      cookie: cookie(member),
    });
    expect(too.status).toBe(400);
    const before = await fingerprint(admin, (table) => (table === "clinic.audit_event" ? "true" : undefined));
    const calls = "clinic.removeLogo,patient.markEnteredInError,membership.leave";
    const inputs = JSON.stringify({
      0: { json: null },
      1: { json: { id, version: 1, reason: "double" } },
      2: { json: null },
    });
    const cookies = { slug: clinic.slug, cookie: `chevet-patient=${small.token}` };
    const stranger = await doors.send({ path: `${calls}?batch=1`, type: "mutation" }, inputs, cookies);
    expect(
      JSON.parse(stranger.body).map((one: { error?: { json: { message: string } } }) => one.error?.json.message),
    ).toEqual(Array(3).fill("unauthenticated"));
    expect(await fingerprint(admin, (table) => (table === "clinic.audit_event" ? "true" : undefined))).toEqual(before);
  });

  it("counts each of its calls against the caller's address, whatever a header says of it", async () => {
    const calls = Array.from({ length: largestBatch }, () => "host.settings").join(",");
    let answer = 200;
    for (let n = 0; n < 60 && answer !== 429; n += 1) {
      const response = await fetch(`${doors.base}/api/trpc/${calls}?batch=1&input=%7B%7D`, {
        headers: {
          "x-forwarded-for": `203.0.113.${n}`,
          forwarded: `for=203.0.113.${n}`,
          "x-real-ip": `203.0.113.${n}`,
        },
      });
      answer = (await response.text()).includes("limitReached") ? 429 : response.status;
    }
    expect(answer).toBe(429);
  });
});
