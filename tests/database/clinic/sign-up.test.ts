import { describe, expect, it } from "vitest";
import { readSession } from "#server/auth/read-session.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic, requestContext } from "#tests/factories/clinic.ts";
import { askCode, makeVisitor, readCode, signUpForm, solvedChallenge } from "#tests/factories/sign-up.ts";

async function openByForm(form = signUpForm(), visitor = makeVisitor()) {
  const { secretId } = await askCode(form.account.email, visitor);
  const code = (await readCode(secretId)) ?? "";
  const opened = await visitor.caller().signUp.open({ ...form, secretId, code });
  return { form, visitor, secretId, code, ...opened };
}

const domainOf = (error: unknown) => (error as { cause?: { code: string; key: string; fields: object } }).cause;

describe("signing a clinic up", () => {
  it("makes a clinic, its owner, its key and a session, and the owner works in it at once", async () => {
    const { visitor, slug, form } = await openByForm();
    const answer = await readSession(visitor.token() ?? "", "staff", slug);
    expect(answer?.membership).toMatchObject({ role: "owner", privacyOfficer: true });
    expect(answer?.clinic).toMatchObject({ name: form.clinic.name, status: "pending" });
    const ctx = { ...requestContext(), ...answer } as never;
    const clinicId = answer?.clinic?.id ?? "";
    const [clinic, location, event] = await withStaff(ctx, async (db) => [
      await db.clinic.findFirst(),
      await db.location.findFirst(),
      await db.auditEvent.findFirst({ where: { event: "clinic.opened" } }),
    ]);
    expect(clinic).toMatchObject({ legalRegime: "LRSSS", retentionYears: 10, privacyOfficerPhone: "+14185550142" });
    expect(location).toMatchObject({ name: form.clinic.name, timeZone: "America/Toronto" });
    expect(event).toMatchObject({ agentId: answer?.user.id, entityIds: [clinicId] });
    expect(await openClinicKey(clinicId)).toBeDefined();
  });

  it("keeps the terms' version, hash and language, and when French was shown", async () => {
    const visitor = makeVisitor();
    const form = signUpForm();
    await expect(visitor.caller().signUp.terms({ locale: "en" })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
    const french = await visitor.caller().signUp.terms({ locale: "fr" });
    const english = await visitor.caller().signUp.terms({ locale: "en", receipt: french.receipt });
    expect(english.hash).not.toBe(french.hash);
    const terms = { version: english.version, locale: "en" as const, receipt: english.receipt };
    const { slug } = await openByForm({ ...form, terms } as never, visitor);
    const answer = await readSession(visitor.token() ?? "", "staff", slug);
    const kept = await withStaff({ ...requestContext(), ...answer } as never, (db) => db.agreement.findFirst());
    expect(kept).toMatchObject({ termsVersion: english.version, locale: "en" });
    expect(Buffer.from(kept?.termsHash ?? []).toString("hex")).toBe(english.hash);
    expect(kept?.frenchShownAt.getTime()).toBeLessThanOrEqual(kept?.acceptedAt.getTime() ?? 0);
  });

  it("opens one clinic however often and however simultaneously one form is sent", async () => {
    const visitor = makeVisitor();
    const form = signUpForm();
    const { secretId } = await askCode(form.account.email, visitor);
    const code = (await readCode(secretId)) ?? "";
    const sent = { ...form, secretId, code };
    const answers = await Promise.all([visitor, makeVisitor()].map((one) => one.caller().signUp.open(sent)));
    expect(answers).toEqual([{ slug: form.clinic.slug }, { slug: form.clinic.slug }]);
    expect(await visitor.caller().signUp.open(sent)).toEqual({ slug: form.clinic.slug });
    expect(await visitor.caller().membership.mine()).toHaveLength(1);
    const thief = { ...sent, account: { ...form.account, password: "une autre phrase bien longue 93" } };
    await expect(makeVisitor().caller().signUp.open(thief)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("answers alike for an address that has an account, and lets no code open anything with it", async () => {
    const { form } = await openByForm();
    const again = await askCode(form.account.email);
    const fresh = await askCode("personne@clinique.example");
    expect(Object.keys(again)).toEqual(Object.keys(fresh));
    for (const code of ["000000", "123456"]) {
      const error = await makeVisitor()
        .caller()
        .signUp.open({ ...signUpForm({ email: form.account.email }), secretId: again.secretId, code })
        .catch((caught) => caught);
      expect(domainOf(error)).toMatchObject({ code: "Invalid", fields: { code: "codeWrong" } });
    }
  });

  it("takes five tries of a code and no more, even at once", async () => {
    const form = signUpForm();
    const { secretId } = await askCode(form.account.email);
    const code = (await readCode(secretId)) ?? "";
    const wrong = code === "111111" ? "222222" : "111111";
    const tries = Array.from({ length: 8 }, () =>
      makeVisitor()
        .caller()
        .signUp.open({ ...form, secretId, code: wrong })
        .catch(domainOf),
    );
    const told = (await Promise.all(tries)) as { key: string }[];
    expect(told.filter(({ key }) => key === "codeSpent").length).toBeGreaterThanOrEqual(3);
    const late = await makeVisitor()
      .caller()
      .signUp.open({ ...form, secretId, code })
      .catch(domainOf);
    expect(late).toMatchObject({ code: "Precondition", key: "codeSpent" });
  });

  it("writes nothing when anything is wrong, and says it beside the field", async () => {
    const other = await makeClinic();
    const cases: [object, object][] = [
      [{ slug: "ramq" }, { "clinic.slug": "slugReserved" }],
      [{ slug: other.slug }, { "clinic.slug": "slugTaken" }],
      [{ displayName: "   " }, { "account.displayName": "required" }],
      [{ name: "x".repeat(201) }, { "clinic.name": "tooLong" }],
    ];
    for (const [change, fields] of cases) {
      const form = signUpForm(change);
      const { secretId } = await askCode(form.account.email);
      const sent = { ...form, secretId, code: (await readCode(secretId)) ?? "" };
      const error = await makeVisitor()
        .caller()
        .signUp.open(sent)
        .catch((caught) => caught);
      const told =
        error.cause.fields ??
        Object.fromEntries(
          error.cause.issues.map((issue: { path: string[]; message: string }) => [issue.path.join("."), issue.message]),
        );
      expect(told).toEqual(fields);
      const mended = { ...sent, ...signUpForm({ email: form.account.email }) };
      expect(await makeVisitor().caller().signUp.open(mended)).toEqual({ slug: mended.clinic.slug });
    }
  });

  it.each([
    "Éloïse D’Amours-Nuñez",
    "李小龙",
    "محمد علي",
    "Zoé 👩‍⚕️ Tremblay",
    "É".repeat(200),
    "🦉".repeat(200),
    "O'Connor y Ruiz de la Peña",
  ])("keeps the name %s as it was written", async (displayName) => {
    const { visitor, slug } = await openByForm(signUpForm({ displayName, name: displayName }));
    const answer = await readSession(visitor.token() ?? "", "staff", slug);
    expect(answer?.user.displayName).toBe(displayName);
    expect(answer?.clinic?.name).toBe(displayName);
  });

  it("asks for a proof of work, and takes each once", async () => {
    const proof = await solvedChallenge();
    const ask = (email: string, given: typeof proof) =>
      makeVisitor().caller().signUp.requestCode({ email, locale: "fr", proof: given }).catch(domainOf);
    expect(await ask("a1@clinique.example", proof)).toHaveProperty("secretId");
    expect(await ask("a2@clinique.example", proof)).toMatchObject({ key: "proofNeeded" });
    const forged = await solvedChallenge();
    forged.challenge.parameters.cost = 1;
    expect(await ask("a3@clinique.example", forged)).toMatchObject({ key: "proofNeeded" });
  });

  it("lets a signed-in person open another clinic, once per click", async () => {
    const { visitor } = await openByForm();
    const { clinic, terms } = signUpForm();
    const sent = { clinic, terms };
    const answers = await Promise.all([1, 2].map(() => visitor.caller().signUp.openAnother(sent)));
    expect(answers).toEqual([{ slug: clinic.slug }, { slug: clinic.slug }]);
    const mine = await visitor.caller().membership.mine();
    expect(mine.map(({ slug, role }) => [slug, role])).toContainEqual([clinic.slug, "owner"]);
    expect(mine).toHaveLength(2);
  });

  it("refuses terms that were never shown in French, or not today's", async () => {
    const form = signUpForm();
    const { secretId } = await askCode(form.account.email);
    const code = (await readCode(secretId)) ?? "";
    for (const terms of [
      { ...form.terms, receipt: `${Date.now()}.forged` },
      { ...form.terms, version: "2020-01" },
    ]) {
      const told = await makeVisitor()
        .caller()
        .signUp.open({ ...form, terms, secretId, code })
        .catch(domainOf);
      expect(told).toMatchObject({ code: "Precondition", key: "termsChanged" });
    }
  });

  it("refuses an unknown row of a code as a spent one", async () => {
    const told = await makeVisitor()
      .caller()
      .signUp.open({ ...signUpForm(), secretId: newId(), code: "123456" })
      .catch(domainOf);
    expect(told).toMatchObject({ key: "codeSpent" });
  });
});

describe("public addresses", () => {
  const ask = (slug: string, name = "Clinique médicale du Vieux-Limoilou") =>
    makeVisitor()
      .caller()
      .signUp.slug({ slug, name, professions: ["physician"] });

  it("says what is taken, reserved or too like another, and proposes two free ones", async () => {
    const { slug } = await openByForm(signUpForm({ slug: "vieux-limoilou" }));
    expect(await ask(slug)).toEqual({
      refusal: "slugTaken",
      suggestions: ["clinique-vieux-limoilou", "medicale-vieux-limoilou"],
    });
    expect(await ask("vieuxlimoi1ou")).toMatchObject({ refusal: "slugConfusable" });
    expect(await ask("rarnq")).toMatchObject({ refusal: "slugReserved" });
    expect(await ask("clinique-du-parc")).toEqual({ refusal: null, suggestions: [] });
    await expect(ask("a--b")).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
