import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import type { Factory } from "#tests/factories/procedures/factory.ts";
import { procedureFactories } from "#tests/factories/procedures/registry.ts";
import { hidden, revealed } from "#tests/factories/procedures/visitor.ts";
import { fingerprint } from "./doors/fingerprint.ts";
import { type Answer, type Doors, openDoors } from "./doors/open-doors.ts";
import { behind, idPlaces, type Procedure } from "./doors/procedures.ts";
import { type Sessions, sessionsOf } from "./doors/sessions.ts";
import { idsIn, nobodysId, withId } from "./doors/swap-ids.ts";

/**
 * Every procedure that is not a clinic's nor its public page's, read from the router: a person's own, the host's, and anybody's. As for the clinics', everybody
 * who should not is refused first, nothing changes, and the very same call then succeeds for whom it is meant.
 */
const [ofPerson, ofHost, ofAnybody] = [behind("user"), behind("host"), behind("public")];

/**
 * What a person does without a fresh proof of who they are. All else asks for one of the last ten minutes: whoever finds an open
 * screen cannot take the account with it.
 */
const unproven = [
  "auth.account.traces",
  "auth.account.updateProfile",
  "auth.oidc.links",
  "auth.oidc.startUnlock",
  "auth.passkey.list",
  "auth.passkey.rename",
  "auth.session.confirm",
  "auth.session.list",
  "auth.session.lock",
  "auth.session.passSecondFactor",
  "auth.session.proofs",
  "auth.session.revoke",
  "auth.session.revokeOthers",
  "auth.session.startProof",
  "auth.session.state",
  "auth.session.touch",
  "auth.session.unlock",
  "auth.totp.read",
  "invitation.joinSignedIn",
  "membership.mine",
  "signUp.openAnother",
  "signUp.person",
];

/** What a session does that only a clinic's own provider vouches for: knowing itself, sleeping, and proving who holds it. */
const vouchedFor = [
  "auth.oidc.startUnlock",
  "auth.session.confirm",
  "auth.session.lock",
  "auth.session.passSecondFactor",
  "auth.session.proofs",
  "auth.session.startProof",
  "auth.session.state",
  "auth.session.touch",
  "auth.session.unlock",
  "membership.mine",
];

const admin = new pg.Client({ connectionString: database.adminUrl });
const count = { proven: 0, refused: 0, ids: 0, pairs: 0 };
let doors: Doors;
let clinic: TestClinic;
let stranger: TestMember;

beforeAll(async () => {
  await admin.connect();
  doors = await openDoors();
  clinic = await makeClinic();
  stranger = (await makeClinic()).owner;
});
afterAll(async () => {
  const { proven, refused, ids, pairs } = count;
  console.log(
    `people: ${ofPerson.length} procedures of a person, ${ofHost.length} of the host, ${ofAnybody.length} of anybody: ${proven} proven by a rightful call after ${refused} refusals; ${ids} ids of somebody else's, ${pairs} pairs that must look alike`,
  );
  await Promise.all([doors.close(), admin.end()]);
  await closeDatabases();
});

const staff = (token: string) => `chevet-staff=${token}`;
const nobody = () => randomBytes(32).toString("base64url");
const foreign = { "sec-fetch-site": "cross-site", origin: "https://ailleurs.example" };

async function inputFor(path: string, member: TestMember): Promise<unknown> {
  const make: Factory | undefined = procedureFactories[path];
  if (!make) throw new Error(`${path} has no factory: add one to tests/factories/procedures`);
  return make({ clinic, member });
}

async function refused(answer: Promise<Answer>, status: number, key?: string): Promise<void> {
  const { status: seen, key: said, body } = await answer;
  expect(`${seen} ${key ? said : ""}`, body).toBe(`${status} ${key ?? ""}`);
  count.refused += 1;
}

async function succeeds(answer: Promise<Answer>): Promise<void> {
  const { status, body } = await answer;
  expect(`${status} ${status === 200 ? "" : body}`).toBe("200 ");
  count.proven += 1;
}

/** What no door takes, whoever asks: another site's page, and a body that a foreign form can send. */
async function refusesOtherSites(procedure: Procedure, input: unknown, caller: { host?: true; cookie?: string }) {
  await refused(doors.call(procedure, input, { ...caller, headers: foreign }), 403);
  if (procedure.type === "query") return;
  const near: Record<string, string>[] = [
    { origin: "null" },
    { origin: "http://localhost:3000" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of near) await refused(doors.call(procedure, input, { ...caller, headers }), 403);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
    await refused(doors.call(procedure, input, { ...caller, headers: { "content-type": type } }), 415);
}

describe("a person's procedure", () => {
  it.each(ofPerson)("%s", async (path, procedure) => {
    const member = await makeMember(clinic, "assistant");
    const sessions = await sessionsOf(member.userId, clinic.id, admin);
    const input = await inputFor(path, member);
    const before = await fingerprint(admin);
    const as = (cookie: string | undefined) => doors.call(procedure, input, { cookie });

    await refusesStrangers(as, sessions, member);
    await refused(
      doors.call(procedure, input, { slug: clinic.slug, visitor: true, cookie: staff(member.token) }),
      401,
      "unauthenticated",
    );
    // The console's door reads the console's cookie.
    await refused(doors.call(procedure, input, { host: true, cookie: staff(member.token) }), 401, "unauthenticated");
    if (!procedure.guard.lockedToo) await refused(as(staff(sessions.locked)), 401, "locked");
    await refusesOtherSites(procedure, input, { cookie: staff(member.token) });
    if (!unproven.includes(path)) await refused(as(staff(sessions.stale)), 412, "signIn.confirmNeeded");
    if (!vouchedFor.includes(path)) {
      const { key } = await as(staff(sessions.vouched));
      expect(["signIn.confirmNeeded", "clinicSessionOnly"]).toContain(key);
    }
    expect(await fingerprint(admin)).toEqual(before);
    await refusesIdsOfOthers(path, procedure, input, member);

    // Each by whom it is for: one wakes what sleeps, another what a clinic's provider opened.
    const others = { "auth.session.unlock": sessions.locked, "auth.oidc.startUnlock": sessions.vouched };
    await succeeds(as(staff(others[path as keyof typeof others] ?? member.token)));
  });

  it("may be called without a fresh proof, or by a vouched session, only where this page says so", () => {
    const paths = ofPerson.map(([path]) => path);
    expect([...unproven, ...vouchedFor].filter((path) => !paths.includes(path))).toEqual([]);
  });
});

async function refusesStrangers(as: (cookie?: string) => Promise<Answer>, sessions: Sessions, member: TestMember) {
  for (const cookie of [
    undefined,
    "chevet-staff=",
    staff(nobody()),
    `chevet-patient=${member.token}`,
    `chevet-patient=${sessions.patient}`,
    `chevet-host=${member.token}`,
    `chevet-host=${sessions.host}`,
    // A session of another realm under this realm's cookie.
    staff(sessions.patient),
    staff(sessions.host),
    staff(sessions.revoked),
    staff(sessions.expired),
  ])
    await refused(as(cookie), 401, "unauthenticated");
}

/** Each id in the person's own call, as somebody else's of the same kind and as nobody's: one answer. */
async function refusesIdsOfOthers(path: string, procedure: Procedure, input: unknown, member: TestMember) {
  expect(idsIn(input).length).toBe(idPlaces(procedure).filter((place) => place !== "cursor").length);
  if (idsIn(input).length === 0) return;
  const theirs = idsIn(await inputFor(path, stranger));
  // What somebody else just made for themselves is theirs to keep.
  const before = await fingerprint(admin);
  for (const [nth, { at }] of idsIn(input).entries()) {
    const id = theirs[nth]?.id ?? "";
    const answers = [];
    for (const other of [id, nobodysId(id)]) {
      const answer = await doors.call(procedure, withId(input, at, other), { cookie: staff(member.token) });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      answers.push(answer.whole.replaceAll(other, "<id>"));
    }
    expect(answers[0]).toBe(answers[1]);
    count.ids += 1;
  }
  expect(await fingerprint(admin)).toEqual(before);
}

describe("the host's procedure", () => {
  it.each(ofHost)("%s", async (path, procedure) => {
    const operator = await makeMember(clinic, "administrator");
    await admin.query("insert into host.operator (user_id) values ($1)", [operator.userId]);
    const [own, member] = [await consoleSessions(operator), await consoleSessions(clinic.owner)];
    const input = await inputFor(path, operator);
    const before = await fingerprint(admin);
    const as = (cookie: string | undefined) => doors.call(procedure, input, { host: true, cookie });
    const console = (token: string) => `chevet-host=${token}`;

    for (const cookie of [
      undefined,
      console(nobody()),
      staff(operator.token),
      staff(own.works),
      `chevet-patient=${own.works}`,
      // A staff session, an operator's even, is none of the console's.
      console(operator.token),
      console(own.revoked),
      console(own.expired),
    ])
      await refused(as(cookie), 401, "unauthenticated");
    await refused(as(console(own.locked)), 401, "locked");
    // Signed in at the console's own door, and no operator: the console does not exist.
    await refused(as(console(member.works)), 404, "notFound");
    await refused(as(console(own.oneFactor)), 412, "secondFactorRequired");
    // The console's cookie opens the console's door only.
    await refused(doors.call(procedure, input, { cookie: console(own.works) }), 401, "unauthenticated");
    await refused(
      doors.call(procedure, input, { slug: clinic.slug, cookie: console(own.works) }),
      401,
      "unauthenticated",
    );
    await refusesOtherSites(procedure, input, { host: true, cookie: console(own.works) });
    expect(await fingerprint(admin)).toEqual(before);

    await succeeds(as(console(own.works)));
    await admin.query("update host.operator set revoked_at = now() where user_id = $1", [operator.userId]);
    await refused(as(console(own.works)), 404, "notFound");
  });
});

async function consoleSessions({ userId }: TestMember) {
  const names = ["works", "oneFactor", "locked", "revoked", "expired"] as const;
  const changes = {
    works: "second_factor_at = now()",
    oneFactor: "second_factor_at = null",
    locked: "locked_at = now()",
    revoked: "revoked_at = now()",
    expired: "created_at = now() - interval '2 days', expires_at = now() - interval '1 second'",
  };
  const made = names.map(async (name) => {
    const { host: token } = await sessionsOf(userId, clinic.id, admin);
    const hash = "sha256(convert_to($1, 'UTF8'))";
    await admin.query(`update identity.session set ${changes[name]} where token_hash = ${hash}`, [token]);
    return [name, token] as const;
  });
  return Object.fromEntries(await Promise.all(made)) as Record<(typeof names)[number], string>;
}

describe("anybody's procedure", () => {
  it.each(ofAnybody)("%s", async (path, procedure) => {
    const holder = await makeMember(clinic, "assistant");
    const input = await inputFor(path, holder);
    const before = await fingerprint(admin);
    await refusesOtherSites(procedure, input, {});
    if (procedure.inputs.length > 0)
      for (const bad of ["", "{", '"texte"', '{"json":12}', '{"json":[]}', '{"json":null}', '{"json":{}}'])
        await answersMalformed(path, doors.send(procedure, bad, {}));
    expect(await fingerprint(admin)).toEqual(before);
    await succeeds(doors.call(procedure, input, {}));
    await answersAlike(path, procedure, holder);
  });

  it("hides what it is asked about, or says in one line why anybody may know", () => {
    expect(ofAnybody.map(([path]) => path).filter((path) => !hidden[path] === !revealed[path])).toEqual([]);
  });
});

async function answersMalformed(path: string, sent: Promise<Answer>): Promise<void> {
  const { status, key, body } = await sent;
  // A puzzle without an input is as good as one with none.
  if (path === "signUp.challenge" && status === 200) return;
  expect(status, body).toBe(400);
  expect(["invalid", "malformed"], body).toContain(key);
  expect(body).not.toMatch(/zod|prisma|stack|\.ts|select /i);
  count.refused += 1;
}

async function answersAlike(path: string, procedure: Procedure, member: TestMember): Promise<void> {
  const pair = await hidden[path]?.({ clinic, member });
  if (!pair) return;
  const answers = [];
  for (const one of pair) answers.push(bare((await doors.call(procedure, one, {})).whole));
  expect(answers[0]).toBe(answers[1]);
  count.pairs += 1;
}

/** Less the ids and the times that each answer makes anew. */
const bare = (whole: string) =>
  whole
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");
