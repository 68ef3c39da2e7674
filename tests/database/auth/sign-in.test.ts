import { hash } from "@node-rs/argon2";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDevice, rememberPerson } from "#server/auth/device/known-device.ts";
import { readSession } from "#server/auth/read-session.ts";
import { closeSession } from "#server/auth/session/close-session.ts";
import { signInWithPassword } from "#server/auth/session/sign-in-with-password.ts";
import type { RequestContext } from "#server/context.ts";
import { ensurePlatformKey } from "#server/crypto/create-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { viewError } from "#server/trpc/describe-error.ts";
import { requestContext } from "#tests/factories/clinic.ts";
import { makePerson, type TestPerson } from "#tests/factories/person.ts";
import { database } from "../setup.ts";
import { stretchWaits } from "./stretch-waits.ts";

const admin = new pg.Client({ connectionString: database.adminUrl });
let counter = 10;

beforeAll(async () => {
  await admin.connect();
  await ensurePlatformKey();
});
afterAll(async () => {
  await closeDatabases();
  await admin.end();
});

/** Each test calls from an address of its own, so that limits per address do not meet. */
function from(address = `203.0.113.${counter++}`): RequestContext {
  return { ...requestContext(), origin: { address, userAgent: "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0" } };
}

const signIn = (ctx: RequestContext, email: string, password: string, cookie?: string) =>
  signInWithPassword(ctx, { email, password, realm: "staff", device: readDevice(cookie) });

const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "opened",
    (error) => JSON.stringify(viewError(error)),
  );

const eventsOf = async (where: string, value: string) => {
  const { rows } = await admin.query(
    `select event, outcome, user_id, address, detail from identity.audit_event where ${where} order by id`,
    [value],
  );
  return rows;
};

describe("signing in by password", () => {
  it("opens a session that only its cookie reads, and keeps no trace of the cookie", async () => {
    const person = await makePerson();
    const ctx = from();
    const answer = await signIn(ctx, person.email, person.password);
    if (answer.kind !== "opened") throw new Error("a session was expected");
    const read = await readSession(answer.session.token, "staff");
    expect(read?.user.id).toBe(person.id);
    expect(read?.session).toMatchObject({ method: "password", locked: false, idleMinutes: 15, secondFactorAt: null });
    expect(await readSession(answer.session.token, "host")).toBeNull();
    const { rows } = await admin.query("select * from identity.session where user_id = $1", [person.id]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ device: "Firefox, Windows", address: ctx.origin.address, place: "" });
    expect(JSON.stringify(rows)).not.toContain(answer.session.token);
    expect(await eventsOf("user_id = $1", person.id)).toMatchObject([{ event: "session.opened", outcome: "success" }]);
  });

  it("ends at sign-out for every copy of the cookie", async () => {
    const person = await makePerson();
    const answer = await signIn(from(), person.email, person.password);
    if (answer.kind !== "opened") throw new Error("a session was expected");
    await closeSession(from(), { realm: "staff", token: answer.session.token });
    expect(await readSession(answer.session.token, "staff")).toBeNull();
    expect((await eventsOf("user_id = $1", person.id)).map(({ event }) => event)).toEqual([
      "session.opened",
      "session.closed",
    ]);
  });

  it("answers and works the same for no account, a wrong password, a disabled account and one without a password", async () => {
    const [wrong, disabled, bare] = await Promise.all([makePerson(), makePerson(), makePerson()]);
    await admin.query(`update identity."user" set status = 'disabled' where id = $1`, [disabled.id]);
    await admin.query(`update identity."user" set password_hash = null where id = $1`, [bare.id]);
    const attempts: [string, string][] = [
      ["nobody@nowhere.example", "a long enough guess"],
      [wrong.email, "a long enough guess"],
      [disabled.email, disabled.password],
      [bare.email, bare.password],
    ];
    const seen = [];
    for (const [email, password] of attempts) {
      const ctx = from();
      const before = await work();
      const answer = await refusal(signIn(ctx, email, password));
      const after = await work();
      const events = await eventsOf("request_id = $1", ctx.requestId);
      seen.push(
        JSON.stringify({
          answer,
          counted: after.limits - before.limits,
          events: events.map(({ event, outcome, detail }) => ({ event, outcome, detail })),
        }),
      );
    }
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain("wrongCredentials");
    expect(seen[0]).toContain("session.refused");
  });

  it("lets an operator alone into the host's realm, and refuses others as it refuses strangers", async () => {
    const [operator, other] = await Promise.all([makePerson(), makePerson()]);
    await admin.query("insert into host.operator (user_id) values ($1)", [operator.id]);
    const enter = (person: TestPerson) =>
      signInWithPassword(from(), {
        email: person.email,
        password: person.password,
        realm: "host",
        device: readDevice(undefined),
      });
    const opened = await enter(operator);
    if (opened.kind !== "opened") throw new Error("a session was expected");
    const read = await readSession(opened.session.token, "host");
    expect(read?.session.idleMinutes).toBe(10);
    expect(await readSession(opened.session.token, "staff")).toBeNull();
    expect(await refusal(enter(other))).toBe(await refusal(signIn(from(), "nobody@nowhere.example", "whatever it is")));
  });

  it("hashes the password anew when today's parameters are others", async () => {
    const person = await makePerson();
    const old = await hash(person.password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await admin.query(`update identity."user" set password_hash = $2 where id = $1`, [person.id, old]);
    await signIn(from(), person.email, person.password);
    const { rows } = await admin.query(`select password_hash from identity."user" where id = $1`, [person.id]);
    expect(rows[0].password_hash).toContain("m=65536,t=3,p=4");
    await signIn(from(), person.email, person.password);
  });

  it("takes a password typed in another Unicode form, and one of 200 letters", async () => {
    const person = await makePerson();
    const composed = "évêque-à-l’île-de-Montréal";
    await setPassword(person, composed);
    expect((await signIn(from(), person.email, composed.normalize("NFD"))).kind).toBe("opened");
    const long = "é".repeat(120);
    await setPassword(person, long);
    expect((await signIn(from(), person.email, long)).kind).toBe("opened");
  });
});

describe("guessing", () => {
  it("slows strangers down, for minutes at most, and leaves the person's own browser alone", async () => {
    const person = await makePerson();
    for (let n = 0; n < 5; n += 1) await refusal(signIn(from(), person.email, `wrong guess ${n}`));
    // The sixth is let through and takes the turn; the seventh waits.
    await refusal(signIn(from(), person.email, "wrong guess 6"));
    await stretchWaits();
    const waiting = await refusal(signIn(from(), person.email, person.password));
    expect(JSON.parse(waiting)).toMatchObject({ code: "LimitReached" });
    expect(JSON.parse(waiting).details.retryAfter).toBeLessThanOrEqual(300 + 60);
    const cookie = rememberPerson(readDevice(undefined), person.id);
    expect((await signIn(from(), person.email, person.password, cookie)).kind).toBe("opened");
  });

  it("gives a burst of parallel guesses no more answers than the same guesses in a row", async () => {
    const person = await makePerson();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => refusal(signIn(from(`198.51.100.${n}`), person.email, `wrong guess ${n}`))),
    );
    const tried = answers.filter((answer) => answer.includes("wrongCredentials"));
    expect(tried.length).toBeGreaterThanOrEqual(5);
    // Five free, one that takes the turn, and as many more as the burst lasted two, then four seconds.
    expect(tried.length).toBeLessThanOrEqual(8);
    expect(answers.length - tried.length).toBe(answers.filter((answer) => answer.includes("limitReached")).length);
  });

  it("does not tell by waiting whether an account exists", async () => {
    const tell = async (email: string) => {
      const answers = [];
      for (let n = 0; n < 8; n += 1) {
        if (n === 6) await stretchWaits();
        answers.push((await refusal(signIn(from(), email, `wrong guess ${n}`))).replace(/"retryAfter":\d+/, ""));
      }
      return answers;
    };
    expect(await tell((await makePerson()).email)).toEqual(await tell("somebody@nowhere.example"));
  });

  it("keeps neither an address nor an e-mail in its counters", async () => {
    const { rows } = await admin.query("select key from queue.limit_counter");
    expect(rows.length).toBeGreaterThan(0);
    const all = JSON.stringify(rows);
    expect(all).not.toMatch(/203\.0\.113|198\.51\.100|example/);
  });

  it("does not believe a device cookie made up by somebody else", async () => {
    const person = await makePerson();
    const forged = `${"A".repeat(22)}.${"B".repeat(22)}`;
    for (let n = 0; n < 6; n += 1) await refusal(signIn(from(), person.email, `wrong guess ${n}`, forged));
    await stretchWaits();
    expect(await refusal(signIn(from(), person.email, person.password, forged))).toContain("limitReached");
  });
});

async function setPassword(person: TestPerson, password: string): Promise<void> {
  const { hashPassword } = await import("#server/auth/password/hash-password.ts");
  await admin.query(`update identity."user" set password_hash = $2 where id = $1`, [
    person.id,
    await hashPassword(password),
  ]);
}

async function work() {
  const { rows } = await admin.query("select count(*)::int as limits from queue.limit_counter");
  return rows[0] as { limits: number };
}
