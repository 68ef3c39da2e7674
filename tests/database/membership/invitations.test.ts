import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { composeInvitation } from "#server/membership/compose-invitation.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { makeVisitor, strongPassword } from "#tests/factories/sign-up.ts";

const address = () => `${randomBytes(5).toString("hex")}@clinique.example`;
const place = {
  displayName: "",
  role: "assistant" as const,
  locationIds: null,
  supervisorId: null,
  locale: "fr" as const,
};

/** The token in the mail, made by the worker's own composer as the send does. */
async function mailedToken(clinic: TestClinic, id: string): Promise<string> {
  const ctx = { requestId: newId(), job: "deliver-mail", clinicId: clinic.id };
  const mail = await composeInvitation(ctx, { deliveryId: newId(), locale: "fr", subject: { invitationId: id } });
  return mail?.values.path.split("#")[1] ?? "";
}

async function invite(clinic: TestClinic, email = address(), changes: object = {}) {
  const caller = callerOf(clinic.owner, clinic);
  const { id } = await caller.invitation.send({ ...place, email, ...changes });
  return { caller, id, email, token: await mailedToken(clinic, id) };
}

const newcomer = (token: string) => ({ token, displayName: "Éloïse Gagnon-Nuñez", password: strongPassword });

describe("invitations", () => {
  it("let a new person in with an account of their own, once", async () => {
    const clinic = await makeClinic();
    const { token, email, caller } = await invite(clinic);
    const visitor = makeVisitor();
    expect(await visitor.caller().invitation.read({ token })).toMatchObject({
      email,
      role: "assistant",
      hasAccount: false,
    });
    expect(await visitor.caller().invitation.join(newcomer(token))).toEqual({ slug: clinic.slug });
    const me = await visitor.caller(clinic.slug).membership.me();
    expect(me).toMatchObject({
      user: { email },
      membership: { role: "assistant", displayName: "Éloïse Gagnon-Nuñez" },
    });
    expect(await refusal(makeVisitor().caller().invitation.join(newcomer(token)))).toMatchObject({
      key: "invitationUsed",
    });
    expect(await refusal(makeVisitor().caller().invitation.read({ token }))).toMatchObject({ key: "invitationUsed" });
    expect((await caller.invitation.list({})).invitations).toEqual([]);
  });

  it("let one in of several who accept at once", async () => {
    const clinic = await makeClinic();
    const { token } = await invite(clinic);
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => makeVisitor().caller().invitation.join(newcomer(token))),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const list = await callerOf(clinic.owner, clinic).membership.list({});
    expect(list.total).toBe(2);
  });

  it("let a signed-in person in under the address it was sent to, and tell anybody else", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const { token } = await invite(clinic, other.owner.email, { role: "professional" });
    const wrong = await makeMember(other, "assistant");
    expect(await refusal(callerOf(wrong).invitation.joinSignedIn({ token }))).toMatchObject({ key: "wrongPerson" });
    const right = callerOf(other.owner);
    const twice = await Promise.all([1, 2].map(() => right.invitation.joinSignedIn({ token }).catch((error) => error)));
    expect(twice).toContainEqual({ slug: clinic.slug });
    expect(await right.invitation.joinSignedIn({ token })).toEqual({ slug: clinic.slug });
    expect((await right.membership.mine()).map(({ role }) => role).sort()).toEqual(["owner", "professional"]);
    expect(await refusal(makeVisitor().caller().invitation.join(newcomer(token)))).toMatchObject({
      key: "invitationUsed",
    });
  });

  it("do not make a second account for an address that has one", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const { token } = await invite(clinic, other.owner.email);
    expect(await makeVisitor().caller().invitation.read({ token })).toMatchObject({ hasAccount: true });
    expect(await refusal(makeVisitor().caller().invitation.join(newcomer(token)))).toMatchObject({
      key: "invitationHasAccount",
    });
  });

  it("end when taken back, renewed or seven days old", async () => {
    const clinic = await makeClinic();
    const first = await invite(clinic);
    await first.caller.invitation.revoke({ id: first.id, version: 1 });
    expect(await refusal(makeVisitor().caller().invitation.read({ token: first.token }))).toMatchObject({
      key: "invitationGone",
    });

    const second = await invite(clinic);
    await second.caller.invitation.renew({ id: second.id, version: 1 });
    const fresh = await mailedToken(clinic, second.id);
    expect(await refusal(makeVisitor().caller().invitation.join(newcomer(second.token)))).toMatchObject({
      key: "invitationGone",
    });
    expect(await refusal(second.caller.invitation.revoke({ id: second.id, version: 1 }))).toMatchObject({
      key: "stale",
    });
    await withStaff(clinic.owner.ctx, (db) =>
      db.invitation.updateMany({
        where: { clinicId: clinic.id, id: second.id },
        data: { expiresAt: new Date(Date.now() - 1) },
      }),
    );
    expect(await refusal(makeVisitor().caller().invitation.read({ token: fresh }))).toMatchObject({
      key: "invitationExpired",
    });
    expect(await refusal(makeVisitor().caller().invitation.join(newcomer(fresh)))).toMatchObject({
      key: "invitationUsed",
    });
  });

  it("are not sent twice to one address, nor to a member", async () => {
    const clinic = await makeClinic();
    const { caller, email } = await invite(clinic);
    expect(await refusal(caller.invitation.send({ ...place, email }))).toMatchObject({ key: "alreadyInvited" });
    const member = await makeMember(clinic, "billing");
    expect(await refusal(caller.invitation.send({ ...place, email: member.email.toUpperCase() }))).toMatchObject({
      key: "memberExists",
    });
  });

  it("give no more than the inviter may: no owner by an administrator, no location of another clinic, no trainee alone", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const administrator = callerOf(await makeMember(clinic, "administrator"), clinic);
    expect(await refusal(administrator.invitation.send({ ...place, email: address(), role: "owner" }))).toMatchObject({
      code: "Forbidden",
    });
    const elsewhere = newId();
    await withStaff(other.owner.ctx, (db) =>
      db.location.createMany({
        data: { clinicId: other.id, id: elsewhere, name: "Ailleurs", timeZone: "America/Toronto" },
      }),
    );
    expect(
      await refusal(administrator.invitation.send({ ...place, email: address(), locationIds: [elsewhere] })),
    ).toMatchObject({
      fields: { locationIds: "locationNeeded" },
    });
    const alone = administrator.invitation.send({ ...place, email: address(), role: "trainee", supervisorId: newId() });
    expect(await refusal(alone)).toMatchObject({ fields: { supervisorId: "supervisorNeeded" } });
    const desk = callerOf(await makeMember(clinic, "assistant"), clinic);
    expect(await refusal(desk.invitation.send({ ...place, email: address() }))).toMatchObject({ code: "Forbidden" });
  });

  it("refuse a weak password and a forged token, and write nothing", async () => {
    const clinic = await makeClinic();
    const { token } = await invite(clinic);
    const weak = makeVisitor()
      .caller()
      .invitation.join({ ...newcomer(token), password: "motdepasse12" });
    expect(await refusal(weak)).toMatchObject({ code: "Invalid" });
    const forged = randomBytes(32).toString("base64url");
    expect(await refusal(makeVisitor().caller().invitation.join(newcomer(forged)))).toMatchObject({
      key: "invitationGone",
    });
    expect(await makeVisitor().caller().invitation.join(newcomer(token))).toEqual({ slug: clinic.slug });
  });
});
