import { generate } from "otplib";
import { afterAll, describe, expect, it } from "vitest";
import { finishSecondFactor } from "#server/auth/session/finish-second-factor.ts";
import { passSecondFactor } from "#server/auth/session/pass-second-factor.ts";
import { signInWithPassword } from "#server/auth/session/sign-in-with-password.ts";
import { confirmTotp } from "#server/auth/totp/confirm-totp.ts";
import { disableTotp } from "#server/auth/totp/disable-totp.ts";
import { readTotp } from "#server/auth/totp/read-totp.ts";
import { renewRecoveryCodes } from "#server/auth/totp/renew-recovery-codes.ts";
import { startTotp } from "#server/auth/totp/start-totp.ts";
import { closeDatabases } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { createCaller } from "#server/trpc/router.ts";
import { makeClinic, requestContext } from "#tests/factories/clinic.ts";
import { fromSomewhere, makePerson, openFor, strangeDevice, type TestPerson } from "#tests/factories/person.ts";
import { asAdmin } from "../as-admin.ts";
import { database } from "../setup.ts";
import { stretchWaits } from "./stretch-waits.ts";

afterAll(closeDatabases);

const period = 30;
/** A code of the next step: the current one has just confirmed the enrolment, and serves once. */
const nextCode = (secret: string) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + period });
const sql = (text: string, values: unknown[]) =>
  asAdmin(database.adminUrl, (admin) => admin.query(text, values)).then(({ rows }) => rows);

async function enrolled() {
  const person = await makePerson();
  const { ctx } = await openFor(person.id);
  const secret = (await startTotp(await ctx())).secret.replaceAll(" ", "");
  const { recoveryCodes } = await confirmTotp(await ctx(), await generate({ secret }));
  return { person, ctx, secret, recoveryCodes };
}

async function firstStep({ email, password }: TestPerson): Promise<string> {
  const answer = await signInWithPassword(fromSomewhere(), {
    email,
    password,
    realm: "staff",
    device: strangeDevice(),
  });
  if (answer.kind !== "second-factor") throw new Error("a second step was expected");
  return answer.pending.token;
}

const secondStep = (
  pending: string | undefined,
  typed: { code: string } | { recoveryCode: string },
  realm: "staff" | "host" = "staff",
) => finishSecondFactor(fromSomewhere(), { realm, pending, device: strangeDevice(), typed });

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "opened",
    (error) => error.key ?? String(error),
  );

describe("an authenticator application", () => {
  it("counts from the first right code, and its secret is sealed for its own row", async () => {
    const person = await makePerson();
    const { ctx } = await openFor(person.id);
    const { secret, uri, qr } = await startTotp(await ctx());
    expect(uri).toContain(encodeURIComponent(person.email));
    expect(qr).toContain("<svg");
    expect((await readTotp(await ctx())).since).toBeNull();
    expect(await codeOf(confirmTotp(await ctx(), "000000"))).toBe("signIn.wrongCode");
    const plain = secret.replaceAll(" ", "");
    const { recoveryCodes } = await confirmTotp(await ctx(), await generate({ secret: plain }));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await ctx()).session.secondFactorAt).not.toBeNull();
    expect((await ctx()).user.hasSecondFactor).toBe(true);
    const kept = JSON.stringify(
      await sql(
        "select sealed_secret from identity.totp where user_id = $1 union all select code_hash::bytea from identity.recovery_code where user_id = $1",
        [person.id],
      ),
    );
    expect(kept).not.toContain(plain);
    for (const code of recoveryCodes) expect(kept).not.toContain(code);
    await expect(startTotp(await ctx())).rejects.toMatchObject({ code: "Conflict" });
  });

  it("asks for a code before any session exists, and each code opens one door once", async () => {
    const { person, secret } = await enrolled();
    const before = (await sql("select count(*)::int as n from identity.session where user_id = $1", [person.id]))[0].n;
    const pending = await firstStep(person);
    expect((await sql("select count(*)::int as n from identity.session where user_id = $1", [person.id]))[0].n).toBe(
      before,
    );
    expect(await codeOf(secondStep(pending, { code: "123456" }))).toBe("signIn.wrongCode");
    const code = await nextCode(secret);
    expect(await codeOf(secondStep(pending, { code }))).toBe("opened");
    expect(await codeOf(secondStep(pending, { code }))).toBe("signIn.stepExpired");
    expect(await codeOf(secondStep(await firstStep(person), { code }))).toBe("signIn.wrongCode");
  });

  it("opens one session when the same code comes twice at once", async () => {
    const { person, secret } = await enrolled();
    const [one, two] = [await firstStep(person), await firstStep(person)];
    const code = await nextCode(secret);
    const answers = await Promise.all([one, one, two].map((pending) => codeOf(secondStep(pending, { code }))));
    expect(answers.filter((answer) => answer === "opened")).toHaveLength(1);
  });

  it("lets a first step try five codes, and no other realm or browser use it", async () => {
    const { person, secret } = await enrolled();
    const pending = await firstStep(person);
    const code = await nextCode(secret);
    expect(await codeOf(secondStep(pending, { code }, "host"))).toBe("signIn.stepExpired");
    expect(await codeOf(secondStep(undefined, { code }))).toBe("signIn.stepExpired");
    expect(await codeOf(secondStep("A".repeat(43), { code }))).toBe("signIn.stepExpired");
    for (let n = 0; n < 5; n += 1)
      expect(await codeOf(secondStep(pending, { code: "000000" }))).toBe("signIn.wrongCode");
    expect(await codeOf(secondStep(pending, { code }))).toBe("signIn.stepExpired");
    // A fresh first step does not buy five more at once: tries are slowed per person.
    const again = await firstStep(person);
    await codeOf(secondStep(again, { code: "000000" }));
    await stretchWaits();
    expect(await codeOf(secondStep(again, { code }))).toBe("limitReached");
  });
});

describe("recovery codes", () => {
  it("open the account once each, however they are typed, and the person is told", async () => {
    const { person, recoveryCodes } = await enrolled();
    const [first = "", second = ""] = recoveryCodes;
    expect(
      await codeOf(secondStep(await firstStep(person), { recoveryCode: first.toLowerCase().replaceAll("-", " ") })),
    ).toBe("opened");
    expect(await codeOf(secondStep(await firstStep(person), { recoveryCode: first }))).toBe("signIn.wrongCode");
    expect(
      await codeOf(
        secondStep(await firstStep(person), { recoveryCode: second.replaceAll("0", "O").replaceAll("1", "l") }),
      ),
    ).toBe("opened");
    const kinds = await sql("select kind from queue.delivery where subject->>'userId' = $1", [person.id]);
    expect(kinds.filter(({ kind }) => kind === "security-change").length).toBeGreaterThanOrEqual(3);
  });

  it("are nobody else's", async () => {
    const [one, two] = [await enrolled(), await enrolled()];
    expect(await codeOf(secondStep(await firstStep(one.person), { recoveryCode: two.recoveryCodes[0] ?? "" }))).toBe(
      "signIn.wrongCode",
    );
  });

  it("are replaced all at once, and end with the second factor", async () => {
    const { person, ctx, recoveryCodes } = await enrolled();
    const fresh = (await renewRecoveryCodes(await ctx())).recoveryCodes;
    expect(await codeOf(secondStep(await firstStep(person), { recoveryCode: recoveryCodes[0] ?? "" }))).toBe(
      "signIn.wrongCode",
    );
    expect(await codeOf(secondStep(await firstStep(person), { recoveryCode: fresh[0] ?? "" }))).toBe("opened");
    await disableTotp(await ctx());
    expect((await readTotp(await ctx())).recoveryCodesLeft).toBe(0);
    const open = await signInWithPassword(fromSomewhere(), {
      email: person.email,
      password: person.password,
      realm: "staff",
      device: strangeDevice(),
    });
    expect(open.kind).toBe("opened");
  });
});

describe("a clinic that requires a second factor", () => {
  it("opens to no session without one, leads to adding one, and keeps it from being removed", async () => {
    const clinic = await makeClinic();
    const { userId } = clinic.owner;
    await withStaff(clinic.owner.ctx, (db) =>
      db.clinicPolicy.updateMany({ where: { clinicId: clinic.id }, data: { requireSecondFactor: true } }),
    );
    const { token, ctx } = await openFor(userId);
    const enter = () =>
      createCaller({
        ...requestContext(),
        cookie: () => token,
        clinicSlug: clinic.slug,
        background: false,
      }).membership.me();
    await expect(enter()).rejects.toMatchObject({ code: "PRECONDITION_FAILED", message: "secondFactorRequired" });
    const secret = (await startTotp(await ctx())).secret.replaceAll(" ", "");
    await confirmTotp(await ctx(), await generate({ secret }));
    expect((await enter()).clinic.id).toBe(clinic.id);
    await expect(disableTotp(await ctx())).rejects.toMatchObject({ key: "signIn.totpNeeded" });

    const later = await openFor(userId);
    await expect(passSecondFactor(await later.ctx(), { password: "whatever" })).rejects.toMatchObject({
      code: "Invalid",
    });
    await passSecondFactor(await later.ctx(), { code: await nextCode(secret) });
    expect((await later.ctx()).session.secondFactorAt).not.toBeNull();
  });
});
