import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { askEmailChange } from "#server/auth/account/ask-email-change.ts";
import { changeEmail } from "#server/auth/account/change-email.ts";
import { listTraces } from "#server/auth/account/list-traces.ts";
import { composePasswordReset } from "#server/auth/mail/compose-password-reset.ts";
import { composeSecurityChange } from "#server/auth/mail/compose-security-change.ts";
import { composeVerificationCode } from "#server/auth/mail/compose-verification-code.ts";
import { createOperator } from "#server/auth/operator/create-operator.ts";
import { askReset } from "#server/auth/password/ask-reset.ts";
import { changePassword } from "#server/auth/password/change-password.ts";
import { resetPassword } from "#server/auth/password/reset-password.ts";
import { readSession } from "#server/auth/read-session.ts";
import { signInWithPassword } from "#server/auth/session/sign-in-with-password.ts";
import { sweepExpired } from "#server/auth/sweep-expired.ts";
import type { SystemContext } from "#server/context.ts";
import { closeDatabases } from "#server/db/database.ts";
import { fromSomewhere, makePerson, openFor, strangeDevice } from "#tests/factories/person.ts";
import { asAdmin } from "../as-admin.ts";
import { database } from "../setup.ts";

afterAll(closeDatabases);

const worker: SystemContext = { requestId: randomUUID(), job: "deliver-mail", clinicId: null };
const sql = (text: string, values: unknown[] = []) =>
  asAdmin(database.adminUrl, (admin) => admin.query(text, values)).then(({ rows }) => rows);
const lastMail = async (kind: string) =>
  (
    await sql(
      "select id, subject, locale from queue.delivery where kind = $1 order by created_at desc, id desc limit 1",
      [kind],
    )
  )[0];
const request = (mail: { id: string; subject: Record<string, string> }) => ({
  deliveryId: mail.id,
  locale: "fr" as const,
  subject: mail.subject,
});

async function mailedToken(email: string): Promise<string> {
  await askReset(fromSomewhere(), email);
  const mail = await composePasswordReset(worker, request(await lastMail("password-reset")));
  if (!mail) throw new Error("a mail was expected");
  expect(mail.to).toBe(email);
  return mail.values.path.split("#")[1] ?? "";
}

describe("a forgotten password", () => {
  it("is asked for alike with and without an account, down to the rows written", async () => {
    const person = await makePerson();
    const rows = async () =>
      (
        await sql(
          "select (select count(*) from identity.one_time_secret)::int as secrets, (select count(*) from queue.delivery)::int as mails, (select count(*) from identity.audit_event)::int as events, (select count(*) from queue.outbox)::int as jobs",
        )
      )[0];
    const done = [];
    for (const email of [person.email, "nobody@nowhere.example"]) {
      const before = await rows();
      expect(await askReset(fromSomewhere(), email)).toBeUndefined();
      const after = await rows();
      done.push(Object.keys(after).map((name) => after[name] - before[name]));
    }
    expect(done[0]).toEqual(done[1]);
    // Only the worker finds out, as it sends.
    expect(await composePasswordReset(worker, request(await lastMail("password-reset")))).toBeNull();
  });

  it("is replaced once by a mailed link, which ends every session and tells the person", async () => {
    const person = await makePerson();
    const open = await openFor(person.id);
    const token = await mailedToken(person.email);
    expect(JSON.stringify(await sql("select secret_hash, sealed_data from identity.one_time_secret"))).not.toContain(
      token,
    );
    await expect(resetPassword(fromSomewhere(), { token, password: person.email })).rejects.toMatchObject({
      code: "Invalid",
    });
    const password = "quatre bateaux verts sans voile";
    const answers = await Promise.allSettled([1, 2, 3].map(() => resetPassword(fromSomewhere(), { token, password })));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(resetPassword(fromSomewhere(), { token, password })).rejects.toMatchObject({
      key: "signIn.linkExpired",
    });
    expect(await readSession(open.token, "staff")).toBeNull();
    const mail = await composeSecurityChange(worker, request(await lastMail("security-change")));
    expect(mail).toMatchObject({ to: person.email, values: { change: "password-reset" } });
    const answer = await signInWithPassword(fromSomewhere(), {
      email: person.email,
      password,
      realm: "staff",
      device: strangeDevice(),
    });
    expect(answer.kind).toBe("opened");
  });

  it("has links that expire, that a newer mail replaces, and that a change of password ends", async () => {
    const person = await makePerson();
    const password = "quatre bateaux verts sans voile";
    const late = await mailedToken(person.email);
    await sql("update identity.one_time_secret set expires_at = now() - interval '1 second' where user_id = $1", [
      person.id,
    ]);
    await expect(resetPassword(fromSomewhere(), { token: late, password })).rejects.toMatchObject({
      key: "signIn.linkExpired",
    });
    const first = await mailedToken(person.email);
    const again = await composePasswordReset(worker, request(await lastMail("password-reset")));
    await expect(resetPassword(fromSomewhere(), { token: first, password })).rejects.toMatchObject({
      key: "signIn.linkExpired",
    });
    const { ctx } = await openFor(person.id);
    await changePassword(await ctx(), "sept nuages et un vieux tracteur");
    const token = again?.values.path.split("#")[1] ?? "";
    await expect(resetPassword(fromSomewhere(), { token, password })).rejects.toMatchObject({
      key: "signIn.linkExpired",
    });
  });
});

describe("another address", () => {
  it("takes a code sent there, moves the account, and tells the old one", async () => {
    const person = await makePerson();
    const { ctx } = await openFor(person.id);
    const email = `nouvelle-${person.email}`;
    const { secretId } = await askEmailChange(await ctx(), email);
    const mail = await composeVerificationCode(worker, request(await lastMail("verification-code")));
    expect(mail?.to).toBe(email);
    await expect(changeEmail(await ctx(), { secretId, code: "000000" })).rejects.toMatchObject({ code: "Invalid" });
    const other = await openFor((await makePerson()).id);
    await expect(changeEmail(await other.ctx(), { secretId, code: mail?.values.code ?? "" })).rejects.toMatchObject({
      key: "signIn.stepExpired",
    });
    await changeEmail(await ctx(), { secretId, code: mail?.values.code ?? "" });
    expect((await ctx()).user.email).toBe(email);
    const notice = await composeSecurityChange(worker, request(await lastMail("security-change")));
    expect(notice).toMatchObject({ to: person.email, values: { change: "email-changed" } });
    expect((await listTraces(await ctx())).traces.map(({ event }) => event)).toContain("email.changed");
  });

  it("that somebody else has is said to who reads its mail, and to nobody before", async () => {
    const [person, taken] = [await makePerson(), await makePerson()];
    const { ctx } = await openFor(person.id);
    const { secretId } = await askEmailChange(await ctx(), taken.email);
    const mail = await composeVerificationCode(worker, request(await lastMail("verification-code")));
    await expect(changeEmail(await ctx(), { secretId, code: mail?.values.code ?? "" })).rejects.toMatchObject({
      key: "signIn.emailTaken",
    });
    expect((await ctx()).user.email).toBe(person.email);
  });
});

it("the first operator is made from the command line, and by no serving role", async () => {
  const { password } = await createOperator("premiere@hote.example");
  const answer = await signInWithPassword(fromSomewhere(), {
    email: "premiere@hote.example",
    password: password ?? "",
    realm: "host",
    device: strangeDevice(),
  });
  expect(answer.kind).toBe("opened");
  expect(await createOperator("premiere@hote.example")).toEqual({ password: null });
  expect(
    (await sql("select relforcerowsecurity from pg_class where oid = 'host.operator'::regclass"))[0]
      .relforcerowsecurity,
  ).toBe(true);
});

it("what is long over is swept, and nothing else", async () => {
  await sql(
    "update identity.one_time_secret set expires_at = now() - interval '8 days' where id in (select id from identity.one_time_secret limit 2)",
  );
  const before = (await sql("select count(*)::int as n from identity.one_time_secret"))[0].n;
  expect(await sweepExpired()).toBe(2);
  expect((await sql("select count(*)::int as n from identity.one_time_secret"))[0].n).toBe(before - 2);
});
