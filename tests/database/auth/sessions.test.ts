import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireOwnSession } from "#server/auth/proof/require-own-session.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import { readSession } from "#server/auth/read-session.ts";
import { confirmSession } from "#server/auth/session/confirm-session.ts";
import { listSessions } from "#server/auth/session/list-sessions.ts";
import { lockSession } from "#server/auth/session/lock-session.ts";
import { revokeOtherSessions, revokeSession } from "#server/auth/session/revoke-sessions.ts";
import { unlockSession } from "#server/auth/session/unlock-session.ts";
import { closeDatabases } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { createCaller } from "#server/trpc/router.ts";
import { addMembership, makeClinic, makeMember, requestContext, type TestClinic } from "#tests/factories/clinic.ts";
import { linkFor, openDoor, sharedProvider } from "#tests/factories/oidc.ts";
import { givePassword, makePerson, openFor } from "#tests/factories/person.ts";
import { asAdmin as adminOf } from "../as-admin.ts";
import { database } from "../setup.ts";
import { stretchWaits } from "./stretch-waits.ts";

let clinic: TestClinic;
beforeAll(async () => {
  clinic = await makeClinic();
});
afterAll(closeDatabases);

const asAdmin = <T>(act: Parameters<typeof adminOf<T>>[1]) => adminOf(database.adminUrl, act);
const caller = (token: string, slug?: string, background = false) =>
  createCaller({ ...requestContext(), cookie: () => token, clinicSlug: slug, background });

const age = (token: string, sessionId: string, interval: string) =>
  asAdmin((client) =>
    client.query(`update identity.session set last_seen_at = now() - $2::interval where id = $1`, [
      sessionId,
      interval,
    ]),
  ).then(() => token);

describe("a session that sleeps", () => {
  it("is refused everywhere until its person proves who they are, and wakes with all it had", async () => {
    const person = await makePerson();
    const { token, ctx } = await openFor(person.id);
    const { session } = await ctx();
    await age(token, session.id, "16 minutes");
    await expect(caller(token).membership.mine()).rejects.toMatchObject({ code: "UNAUTHORIZED", message: "locked" });
    await expect(caller(token).auth.session.list()).rejects.toMatchObject({ message: "locked" });
    expect((await caller(token).auth.session.state()).locked).toBe(true);
    // It is a state of the server: the clock going back, or a call, does not clear it.
    await age(token, session.id, "0 minutes");
    await expect(caller(token).membership.mine()).rejects.toMatchObject({ message: "locked" });

    await expect(unlockSession(await ctx(), { password: "not my password" })).rejects.toMatchObject({
      code: "Unauthenticated",
    });
    expect((await ctx()).session.locked).toBe(true);
    await unlockSession(await ctx(), { password: person.password });
    expect(await caller(token).membership.mine()).toEqual([]);
    expect((await ctx()).session.id).toBe(session.id);
  });

  it("is not kept awake by a page that refreshes itself", async () => {
    const { token, ctx } = await openFor((await makePerson()).id);
    const { session } = await ctx();
    await age(token, session.id, "10 minutes");
    await caller(token, undefined, true).membership.mine();
    const seen = () =>
      asAdmin((client) =>
        client.query(
          "select extract(epoch from now() - last_seen_at)::int as age from identity.session where id = $1",
          [session.id],
        ),
      ).then(({ rows }) => rows[0].age);
    expect(await seen()).toBeGreaterThan(590);
    await caller(token).membership.mine();
    expect(await seen()).toBeLessThan(5);
  });

  it("is locked by hand, and obeys the strictest of the person's clinics", async () => {
    const strict = await makeClinic();
    await withStaff(strict.owner.ctx, (db) =>
      db.clinicPolicy.updateMany({ where: { clinicId: strict.id }, data: { idleMinutes: 4 } }),
    );
    const { token, ctx } = await openFor(strict.owner.userId);
    expect((await ctx()).session.idleMinutes).toBe(4);
    await lockSession(await ctx());
    await expect(caller(token, strict.slug).membership.me()).rejects.toMatchObject({ message: "locked" });
  });

  it("slows guesses at the lock without locking anybody out elsewhere", async () => {
    const person = await makePerson();
    const { ctx } = await openFor(person.id);
    await lockSession(await ctx());
    const attempt = async (password: string) =>
      unlockSession(await ctx(), { password }).then(
        () => "in",
        (error) => error.code,
      );
    for (let n = 0; n < 6; n += 1) expect(await attempt(`wrong ${n}`)).toBe("Unauthenticated");
    await stretchWaits();
    expect(await attempt(person.password)).toBe("LimitReached");
    const other = await openFor(person.id);
    await lockSession(await other.ctx());
    await unlockSession(await other.ctx(), { password: person.password });
    expect((await other.ctx()).session.locked).toBe(false);
  });
});

describe("sessions of one person", () => {
  it("are listed with device and place, and closed one by one or all but this one", async () => {
    const person = await makePerson();
    const [here, there, elsewhere] = [await openFor(person.id), await openFor(person.id), await openFor(person.id)];
    const list = await listSessions(await here.ctx());
    expect(list).toHaveLength(3);
    expect(list.filter(({ current }) => current)).toHaveLength(1);
    expect(list[0]).toMatchObject({ device: "Firefox, Windows", place: "local", method: "password" });
    await revokeSession(await here.ctx(), (await there.ctx()).session.id);
    expect(await readSession(there.token, "staff")).toBeNull();
    expect(await revokeOtherSessions(await here.ctx())).toBe(1);
    expect(await readSession(elsewhere.token, "staff")).toBeNull();
    expect((await readSession(here.token, "staff"))?.user.id).toBe(person.id);
  });

  it("are nobody else's to see or close", async () => {
    const [mine, theirs] = [await openFor((await makePerson()).id), await openFor((await makePerson()).id)];
    const id = (await theirs.ctx()).session.id;
    expect((await listSessions(await mine.ctx())).map((session) => session.id)).not.toContain(id);
    await expect(revokeSession(await mine.ctx(), id)).rejects.toMatchObject({ code: "NotFound" });
    expect(await readSession(theirs.token, "staff")).not.toBeNull();
  });
});

describe("a recent proof", () => {
  it("is asked for after ten minutes, and given in place", async () => {
    const person = await makePerson();
    const { ctx } = await openFor(person.id);
    const { session } = await ctx();
    requireRecentProof(await ctx());
    await asAdmin((client) =>
      client.query("update identity.session set confirmed_at = now() - interval '11 minutes' where id = $1", [
        session.id,
      ]),
    );
    const stale = await ctx();
    expect(() => requireRecentProof(stale)).toThrow("confirmNeeded");
    await confirmSession(stale, { password: person.password });
    requireRecentProof(await ctx());
  });

  it("is never what a clinic's provider says: such a session does not touch the account", async () => {
    const person = await makePerson();
    await addMembership(clinic, person.id, person.email, "assistant");
    await openDoor(clinic, await sharedProvider());
    await linkFor(clinic, person.id);
    const { ctx, token } = await openFor(person.id, { method: "oidc", clinicId: clinic.id });
    const opened = await ctx();
    expect(() => requireOwnSession(opened)).toThrow("confirmNeeded");
    await expect(caller(token).auth.session.list()).rejects.toMatchObject({ message: "signIn.confirmNeeded" });
    await expect(
      caller(token).auth.password.change({ password: "a whole new password of mine" }),
    ).rejects.toMatchObject({ message: "signIn.confirmNeeded" });
    await confirmSession(opened, { password: person.password });
    expect(await caller(token).auth.session.list()).toHaveLength(1);
  });
});

it("an administrator's word ends a member's sessions in the clinic, and nowhere else", async () => {
  const member = await makeMember(clinic, "assistant");
  await givePassword(member.userId);
  await expect(caller(member.token, clinic.slug).membership.me()).resolves.toBeTruthy();
  const ended = await caller(clinic.owner.token, clinic.slug).auth.clinic.endMemberSessions({
    membershipId: member.membershipId,
  });
  expect(ended).toBeUndefined();
  await expect(caller(member.token, clinic.slug).membership.me()).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await caller(member.token).membership.mine()).toEqual([]);
  expect((await caller(member.token).auth.session.state()).userId).toBe(member.userId);
  await expect(
    caller(member.token, clinic.slug).auth.clinic.endMemberSessions({ membershipId: clinic.owner.membershipId }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});
