import { describe, expect, it } from "vitest";
import { readSession } from "#server/auth/read-session.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { tellMember } from "#server/membership/tell-member.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import {
  addMembership,
  makeClinic,
  makeMember,
  requestContext,
  type TestClinic,
  type TestMember,
} from "#tests/factories/clinic.ts";

const asIs = (member: TestMember) => ({
  id: member.membershipId,
  version: 1,
  role: "assistant" as const,
  locationIds: null,
  supervisorId: null,
  privacyOfficer: false,
});

async function rename(clinic: TestClinic, member: TestMember, displayName: string) {
  await withStaff(clinic.owner.ctx, (db) =>
    db.membership.updateMany({ where: { clinicId: clinic.id, id: member.membershipId }, data: { displayName } }),
  );
}

describe("the list of members", () => {
  it("is paged by name, accents aside, and found by any part of a name or an address", async () => {
    const clinic = await makeClinic();
    const names = ["Zoé Roy", "Éloïse Gagnon", "elodie Abel", "李小龙", "Ève O’Brien"];
    for (const name of names) await rename(clinic, await makeMember(clinic, "assistant"), name);
    const caller = callerOf(clinic.owner, clinic);
    const first = await caller.membership.list({ most: 3 });
    const second = await caller.membership.list({ most: 3, after: first.next ?? "" });
    const seen = [...first.members, ...second.members].map(({ displayName }) => displayName);
    expect(seen).toEqual(["elodie Abel", "Éloïse Gagnon", "Ève O’Brien", "Maude Lavallée", "Zoé Roy", "李小龙"]);
    expect([first.total, second.next]).toEqual([6, null]);
    const found = await caller.membership.list({ search: "ELOI" });
    expect(found.members.map(({ displayName }) => displayName)).toEqual(["Éloïse Gagnon"]);
    expect((await caller.membership.list({ search: "%" })).total).toBe(0);
  });

  it("tells who has a second factor to those who manage, and to nobody else", async () => {
    const clinic = await makeClinic();
    const member = await makeMember(clinic, "professional");
    await withAuth({ userId: member.userId }, requestContext(), (db) =>
      db.totp.createMany({ data: { userId: member.userId, sealedSecret: new Uint8Array(8), confirmedAt: new Date() } }),
    );
    const asOwner = await callerOf(clinic.owner, clinic).membership.list({});
    expect(new Map(asOwner.members.map((one) => [one.userId, one.secondFactor]))).toEqual(
      new Map([
        [clinic.owner.userId, false],
        [member.userId, true],
      ]),
    );
    const asMember = await callerOf(member, clinic).membership.list({});
    expect(asMember.members.map(({ secondFactor }) => secondFactor)).toEqual([null, null]);
  });
});

describe("a member's role", () => {
  it("changes at once, is journaled, and is told to the person", async () => {
    const clinic = await makeClinic();
    const member = await makeMember(clinic, "assistant");
    const caller = callerOf(clinic.owner, clinic);
    const changed = await caller.membership.change({ ...asIs(member), role: "billing", privacyOfficer: true });
    expect(changed).toMatchObject({ role: "billing", privacyOfficer: true, version: 2 });
    const answer = await readSession(member.token, "staff", clinic.slug);
    expect(answer?.membership?.permissions.has("audit:read")).toBe(true);
    expect(answer?.membership?.permissions.has("patient:write")).toBe(false);
    const line = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findFirst({ where: { event: "member.role-changed" } }),
    );
    expect(line).toMatchObject({ agentId: clinic.owner.userId, detail: { from: "assistant", to: "billing" } });
    const owed = await withStaff(
      { requestId: newId(), job: "test", clinicId: clinic.id },
      (db) => db.$queryRaw<unknown[]>`select id from queue.outbox`,
    );
    expect(owed).toHaveLength(1);
  });

  it("is told once, however often the job runs", async () => {
    const clinic = await makeClinic();
    const member = await makeMember(clinic, "assistant");
    const ctx = { requestId: newId(), job: "tell-role-changed", clinicId: clinic.id, jobId: newId() };
    const tell = tellMember("member.role-changed");
    await tell(ctx, { userId: member.userId });
    await tell(ctx, { userId: member.userId });
    const lines = await withAuth({ userId: member.userId }, requestContext(), (db) =>
      db.identityAuditEvent.findMany({ where: { userId: member.userId, event: "member.role-changed" } }),
    );
    expect(lines.map(({ id, clinicId }) => [id, clinicId])).toEqual([[ctx.jobId, clinic.id]]);
  });

  it("is kept from a second tab, which is shown what was saved and by whom", async () => {
    const clinic = await makeClinic();
    const member = await makeMember(clinic, "assistant");
    const caller = callerOf(clinic.owner, clinic);
    await caller.membership.change({ ...asIs(member), role: "billing" });
    const told = await refusal(caller.membership.change({ ...asIs(member), role: "professional" }));
    expect(told).toMatchObject({
      code: "Conflict",
      key: "stale",
      details: { changedBy: "Maude Lavallée", current: { role: "billing", version: 2 } },
    });
    const both = await Promise.allSettled(
      (["professional", "assistant"] as const).map((role) =>
        caller.membership.change({ ...asIs(member), role, version: 2 }),
      ),
    );
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is an owner's only by an owner, and the last owner stays", async () => {
    const clinic = await makeClinic();
    const administrator = await makeMember(clinic, "administrator");
    const owner = { ...asIs(clinic.owner), role: "administrator" as const };
    expect(await refusal(callerOf(administrator, clinic).membership.change(owner))).toMatchObject({
      code: "Forbidden",
    });
    const promote = { ...asIs(administrator), role: "owner" as const };
    expect(await refusal(callerOf(administrator, clinic).membership.change(promote))).toMatchObject({
      code: "Forbidden",
    });
    expect(await refusal(callerOf(clinic.owner, clinic).membership.change(owner))).toMatchObject({ key: "lastOwner" });
    await callerOf(clinic.owner, clinic).membership.change(promote);
    expect(await callerOf(clinic.owner, clinic).membership.change(owner)).toMatchObject({ role: "administrator" });
  });

  it("asks again who it is, after a while", async () => {
    const clinic = await makeClinic();
    const member = await makeMember(clinic, "assistant");
    await withAuth({ userId: clinic.owner.userId }, requestContext(), (db) =>
      db.session.updateMany({ data: { confirmedAt: new Date(Date.now() - 3_600_000) } }),
    );
    const told = await refusal(callerOf(clinic.owner, clinic).membership.change({ ...asIs(member), role: "billing" }));
    expect(told).toMatchObject({ key: "signIn.confirmNeeded" });
  });
});

describe("leaving", () => {
  it("ends the access at once and keeps the history; coming back opens no old session", async () => {
    const clinic = await makeClinic();
    const member = await makeMember(clinic, "assistant");
    const caller = callerOf(clinic.owner, clinic);
    const ended = await caller.membership.deactivate({ id: member.membershipId, version: 1 });
    expect(ended).toMatchObject({ status: "inactive", version: 2 });
    expect(await refusal(callerOf(member, clinic).membership.me())).toMatchObject({ code: "NotFound" });
    expect((await caller.membership.list({})).total).toBe(1);
    expect((await caller.membership.list({ status: "inactive" })).members).toHaveLength(1);
    await caller.membership.reactivate({ id: member.membershipId, version: 2 });
    expect(await refusal(callerOf(member, clinic).membership.me())).toMatchObject({ code: "NotFound" });
  });

  it("is refused to the last owner, even when two leave at once", async () => {
    const clinic = await makeClinic();
    expect(await refusal(callerOf(clinic.owner, clinic).membership.leave())).toMatchObject({ key: "lastOwner" });
    const second = await makeMember(clinic, "owner");
    const left = await Promise.allSettled(
      [clinic.owner, second].map((one) => callerOf(one, clinic).membership.leave()),
    );
    expect(left.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("waits for the trainees to have somebody else", async () => {
    const clinic = await makeClinic();
    const supervisor = await makeMember(clinic, "professional");
    const trainee = await makeMember(clinic, "assistant");
    const caller = callerOf(clinic.owner, clinic);
    await caller.membership.change({ ...asIs(trainee), role: "trainee", supervisorId: supervisor.membershipId });
    const told = await refusal(caller.membership.deactivate({ id: supervisor.membershipId, version: 1 }));
    expect(told).toMatchObject({ key: "supervisesTrainees" });
  });

  it("of another clinic's member is not found, as one that does not exist", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const theirs = await makeMember(other, "assistant");
    const caller = callerOf(clinic.owner, clinic);
    const across = await refusal(caller.membership.deactivate({ id: theirs.membershipId, version: 1 }));
    expect(across).toEqual(await refusal(caller.membership.deactivate({ id: newId(), version: 1 })));
    await addMembership(clinic, theirs.userId, theirs.email, "billing");
    expect(await refusal(caller.membership.deactivate({ id: theirs.membershipId, version: 1 }))).toEqual(across);
  });
});
