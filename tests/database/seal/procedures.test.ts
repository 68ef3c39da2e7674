import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SuperJSON } from "superjson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matrix, type Permission, type Role, roles } from "#server/access/permissions.ts";
import { closeDatabases } from "#server/db/database.ts";
import type { Guard } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/router.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { ownCallers, procedureFactories } from "#tests/factories/procedures/registry.ts";

/**
 * Every procedure there is, read from the router, over real HTTP: everybody who should not is refused, first; then the same
 * call with the same input succeeds for whom it is meant, so that the refusals were for who asked and changed nothing.
 */
interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation";
  readonly guard: Guard | undefined;
}

const procedures: Procedure[] = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { type, meta } = (procedure as unknown as { _def: { type: "query" | "mutation"; meta?: { guard?: Guard } } })
    ._def;
  return { path, type, guard: meta?.guard };
});
const ofClinic = procedures.flatMap(({ path, type, guard }) =>
  guard?.kind === "clinic" ? [{ path, type, permission: guard.permission }] : [],
);

let server: Server;
let base: string;
let [clinic, other, suspended, strict] = [] as unknown as [TestClinic, TestClinic, TestClinic, TestClinic];
let members: Record<Role, TestMember>;
let locked: TestMember;
let inactive: TestMember;
let proven = 0;

const sql = (text: string, values: unknown[]) => asAdmin(database.adminUrl, (admin) => admin.query(text, values));

beforeAll(async () => {
  server = createServer((request, response) => void (trpcDoor(request, response) || response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [clinic, other, suspended, strict] = [await makeClinic(), await makeClinic(), await makeClinic(), await makeClinic()];
  const others = roles.filter((role) => role !== "owner");
  const made = await Promise.all(others.map(async (role) => [role, await makeMember(clinic, role)] as const));
  members = { owner: clinic.owner, ...Object.fromEntries(made) } as Record<Role, TestMember>;
  [locked, inactive] = [await makeMember(clinic, "administrator"), await makeMember(clinic, "administrator")];
  await sql("update identity.session set locked_at = now() where user_id = $1", [locked.userId]);
  await sql(
    "update identity.membership set status = 'inactive', ended_at = now() where clinic_id = $1 and user_id = $2",
    [clinic.id, inactive.userId],
  );
  await sql("update host.clinic_registration set status = 'suspended' where clinic_id = $1", [suspended.id]);
  await sql("update identity.clinic_policy set require_second_factor = true where clinic_id = $1", [strict.id]);
  await sql("update identity.session set second_factor_at = null where user_id = $1", [strict.owner.userId]);
});
afterAll(async () => {
  console.log(
    `procedures: ${procedures.length}, of which ${ofClinic.length} of a clinic; ${proven} proven by a rightful call after every refusal`,
  );
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

interface Caller {
  readonly slug?: string;
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
}

async function call(
  { path, type }: { path: string; type: string },
  input: unknown,
  { slug, cookie, headers = {} }: Caller,
) {
  const json = JSON.stringify(SuperJSON.serialize(input));
  const address = `${base}${slug ? `/api/clinic/${slug}` : "/api"}/trpc/${path}`;
  const sent = { ...(cookie && { cookie }), ...headers };
  const response =
    type === "query"
      ? await fetch(`${address}?input=${encodeURIComponent(json)}`, { headers: sent })
      : await fetch(address, {
          method: "POST",
          body: json,
          headers: { "content-type": "application/json", origin: "http://127.0.0.1:3000", ...sent },
        });
  const body = await response.text();
  const kept = [...response.headers].filter(([name]) => name !== "date" && name !== "x-request-id");
  return {
    status: response.status,
    key: /"key":"(\w+(?:\.\w+)?)"/.exec(body)?.[1],
    whole: JSON.stringify([response.status, kept, body.replaceAll(/"requestId":"[^"]*"/g, "")]),
    body,
  };
}

const staff = (token: string) => `chevet-staff=${token}`;
const holder = (permission: Permission) => roles.find((role) => matrix[role].includes(permission));
const tooSmall = (permission: Permission) =>
  roles.find((role) => !matrix[role].includes(permission) && role !== "trainee");

it("every procedure says who may call it", () => {
  expect(procedures.filter(({ guard }) => !guard).map(({ path }) => path)).toEqual([]);
  expect(procedures.length).toBeGreaterThan(60);
});

it("every factory is for a procedure that exists", () => {
  expect(Object.keys(procedureFactories).filter((path) => !procedures.some((one) => one.path === path))).toEqual([]);
});

describe("a clinic's procedure", () => {
  it.each(ofClinic.map((one) => [one.path, one] as const))("%s", async (path, procedure) => {
    const role = holder(procedure.permission);
    if (!role) throw new Error(`no role holds ${procedure.permission}`);
    const make = procedureFactories[path];
    if (!make) throw new Error(`${path} has no factory: add one to tests/factories/procedures`);
    const member = (await ownCallers[path]?.({ clinic, member: members[role] })) ?? members[role];
    const input = await make({ clinic, member });
    const as = (caller: Caller) => call(procedure, input, caller);
    const here = clinic.slug;

    for (const cookie of [
      undefined,
      "chevet-staff=",
      staff(randomBytes(32).toString("base64url")),
      `chevet-patient=${member.token}`,
      `chevet-host=${member.token}`,
    ])
      expect(await as({ slug: here, cookie })).toMatchObject({ status: 401, key: "unauthenticated" });
    expect(await as({ slug: here, cookie: staff(locked.token) })).toMatchObject({ status: 401, key: "locked" });

    // Of another clinic, of none, and of one that does not exist: the same answer to the last byte.
    const nowhere = await as({ slug: `clinique-${randomBytes(5).toString("hex")}`, cookie: staff(other.owner.token) });
    expect(nowhere).toMatchObject({ status: 404, key: "notFound" });
    expect((await as({ slug: here, cookie: staff(other.owner.token) })).whole).toBe(nowhere.whole);
    expect((await as({ slug: here, cookie: staff(inactive.token) })).whole).toBe(nowhere.whole);
    expect((await as({ slug: suspended.slug, cookie: staff(suspended.owner.token) })).whole).toBe(nowhere.whole);
    expect((await as({ cookie: staff(member.token) })).whole).toBe(nowhere.whole);

    expect(await as({ slug: strict.slug, cookie: staff(strict.owner.token) })).toMatchObject({
      status: 412,
      key: "secondFactorRequired",
    });
    const small = tooSmall(procedure.permission);
    if (small)
      expect(await as({ slug: here, cookie: staff(members[small].token) })).toMatchObject({
        status: 403,
        key: "forbidden",
      });
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://ailleurs.example" };
    expect((await as({ slug: here, cookie: staff(member.token), headers: foreign })).status).toBe(403);

    const answer = await as({ slug: here, cookie: staff(member.token) });
    expect(`${answer.status} ${answer.status === 200 ? "" : answer.body}`).toBe("200 ");
    proven += 1;
  });
});

describe("a person's procedure", () => {
  const ofPerson = procedures.flatMap((one) =>
    one.guard?.kind === "user" ? [{ ...one, lockedToo: one.guard.lockedToo === true }] : [],
  );
  it.each(ofPerson.map((one) => [one.path, one] as const))("%s", async (_path, procedure) => {
    for (const cookie of [
      undefined,
      staff(randomBytes(32).toString("base64url")),
      `chevet-patient=${clinic.owner.token}`,
    ])
      expect(await call(procedure, undefined, { cookie })).toMatchObject({ status: 401, key: "unauthenticated" });
    if (!procedure.lockedToo)
      expect(await call(procedure, undefined, { cookie: staff(locked.token) })).toMatchObject({
        status: 401,
        key: "locked",
      });
  });
});

describe("the host's procedure", () => {
  const ofHost = procedures.filter(({ guard }) => guard?.kind === "host");
  it.skipIf(ofHost.length === 0).each(ofHost.map((one) => [one.path, one] as const))("%s", async (_path, procedure) => {
    for (const cookie of [undefined, staff(clinic.owner.token), `chevet-host=${clinic.owner.token}`])
      expect(await call(procedure, undefined, { cookie })).toMatchObject({ status: 401, key: "unauthenticated" });
  });
});
