import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matrix, type Permission, type Role, roles } from "#server/access/permissions.ts";
import { closeDatabases } from "#server/db/database.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { ownCallers, procedureFactories } from "#tests/factories/procedures/registry.ts";
import { visitFactories } from "#tests/factories/procedures/visits.ts";
import { type Caller, type Doors, openDoors } from "./doors/open-doors.ts";
import { behind, procedures } from "./doors/procedures.ts";
import { type Sessions, sessionsOf } from "./doors/sessions.ts";

/**
 * Every procedure of a clinic, read from the router, over real HTTP: everybody who should not is refused, first; then the same
 * call with the same input succeeds for whom it is meant, so that the refusals were for who asked and changed nothing. The
 * procedures of persons, of the host and of anybody are in people.test.ts, those of a public page's readers in visitors.test.ts.
 */
const ofClinic = behind("clinic");

let doors: Doors;
let sessions: Record<Role, Sessions>;
let [clinic, other, suspended, strict] = [] as unknown as [TestClinic, TestClinic, TestClinic, TestClinic];
let members: Record<Role, TestMember>;
let locked: TestMember;
let inactive: TestMember;
let proven = 0;

const sql = (text: string, values: unknown[]) => asAdmin(database.adminUrl, (admin) => admin.query(text, values));

beforeAll(async () => {
  doors = await openDoors();
  [clinic, other, suspended, strict] = [await makeClinic(), await makeClinic(), await makeClinic(), await makeClinic()];
  const others = roles.filter((role) => role !== "owner");
  const made = await Promise.all(others.map(async (role) => [role, await makeMember(clinic, role)] as const));
  members = { owner: clinic.owner, ...Object.fromEntries(made) } as Record<Role, TestMember>;
  const more = await asAdmin(database.adminUrl, (admin) =>
    Promise.all(roles.map(async (role) => [role, await sessionsOf(members[role].userId, clinic.id, admin)] as const)),
  );
  sessions = Object.fromEntries(more) as Record<Role, Sessions>;
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
  await doors.close();
  await closeDatabases();
});

const staff = (token: string) => `chevet-staff=${token}`;
const holder = (permission: Permission) => roles.find((role) => matrix[role].includes(permission));
const tooSmall = (permission: Permission) =>
  // From the last: an owner who was given a practitioner’s card on the way holds more than their role.
  roles.findLast((role) => !matrix[role].includes(permission) && role !== "trainee");

it("every procedure says who may call it", () => {
  expect(procedures.filter(({ guard }) => !guard).map(({ path }) => path)).toEqual([]);
  expect(procedures.length).toBeGreaterThan(60);
});

it("every factory is for a procedure that exists", () => {
  const made = Object.keys({ ...procedureFactories, ...visitFactories });
  expect(made.filter((path) => !procedures.some((one) => one.path === path))).toEqual([]);
});

describe("a clinic's procedure", () => {
  it.each(ofClinic)("%s", async (path, procedure) => {
    const { permission } = procedure.guard;
    const role = holder(permission);
    if (!role) throw new Error(`no role holds ${permission}`);
    const make = procedureFactories[path];
    if (!make) throw new Error(`${path} has no factory: add one to tests/factories/procedures`);
    const member = (await ownCallers[path]?.({ clinic, member: members[role] })) ?? members[role];
    const input = await make({ clinic, member });
    const as = (caller: Caller) => doors.call(procedure, input, caller);
    const here = clinic.slug;
    const own = sessions[role];

    for (const cookie of [
      undefined,
      "chevet-staff=",
      staff(randomBytes(32).toString("base64url")),
      `chevet-patient=${member.token}`,
      `chevet-host=${member.token}`,
      `chevet-patient=${own.patient}`,
      `chevet-host=${own.host}`,
      // A session of another realm under this realm's cookie.
      staff(own.patient),
      staff(own.host),
      staff(own.revoked),
      staff(own.expired),
    ])
      expect(await as({ slug: here, cookie })).toMatchObject({ status: 401, key: "unauthenticated" });
    for (const token of [locked.token, own.locked])
      expect(await as({ slug: here, cookie: staff(token) })).toMatchObject({ status: 401, key: "locked" });

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
    const small = tooSmall(permission);
    if (small)
      expect(await as({ slug: here, cookie: staff(members[small].token) })).toMatchObject({
        status: 403,
        key: "forbidden",
      });
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://ailleurs.example" };
    expect((await as({ slug: here, cookie: staff(member.token), headers: foreign })).status).toBe(403);

    // The public page may stand in another site's frame: at its door no cookie makes a member.
    expect(await as({ slug: here, visitor: true, cookie: staff(member.token) })).toMatchObject({
      status: 401,
      key: "unauthenticated",
    });

    const answer = await as({ slug: here, cookie: staff(member.token) });
    expect(`${answer.status} ${answer.status === 200 ? "" : answer.body}`).toBe("200 ");
    proven += 1;
  });
});
