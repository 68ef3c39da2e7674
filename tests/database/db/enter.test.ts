import { describe, expect, it } from "vitest";
import { recordAudit } from "#server/audit/record-audit.ts";
import { readSession } from "#server/auth/read-session.ts";
import { database } from "#server/db/database.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { createCaller } from "#server/trpc/router.ts";
import { addMembership, makeClinic, makeMember, requestContext } from "#tests/factories/clinic.ts";

describe("entering", () => {
  it("shows a member the rows of their clinic and of no other", async () => {
    const [one, two] = [await makeClinic("Une"), await makeClinic("Deux")];
    const seen = await withStaff(one.owner.ctx, (db) => db.clinic.findMany({ select: { clinicId: true } }));
    expect(seen).toEqual([{ clinicId: one.id }]);
    const others = await withStaff(one.owner.ctx, (db) => db.clinic.findMany({ where: { clinicId: two.id } }));
    expect(others).toEqual([]);
  });

  it("refuses a person who is no member, with the refusal itself and not the aborted transaction", async () => {
    const [one, two] = [await makeClinic(), await makeClinic()];
    const stranger = { ...one.owner.ctx, clinic: two.owner.ctx.clinic };
    const attempt = withStaff(stranger, (db) => db.clinic.findMany());
    await expect(attempt).rejects.toMatchObject({ name: "DomainError", code: "NotFound" });
    await expect(attempt).rejects.toBeInstanceOf(DomainError);
  });

  it("does nothing before it has entered", async () => {
    await makeClinic();
    await expect(database("web").call({ text: "select * from clinic.clinic", values: [] })).rejects.toMatchObject({
      code: "NotFound",
    });
    await expect(database("web").call({ text: "select * from identity.session", values: [] })).rejects.toMatchObject({
      code: "NotFound",
    });
  });

  it("leaves no role and no setting behind", async () => {
    const one = await makeClinic();
    await withStaff(one.owner.ctx, (db) => db.clinic.findMany());
    const left = await database("web").call({
      text: "select current_user as who, nullif(current_setting('app.clinic_id', true), '') as clinic",
      values: [],
    });
    expect(left.rows).toEqual([{ who: "chevet_web", clinic: null }]);
  });

  it("joins a transaction that is already open as the same person, and refuses another", async () => {
    const [one, two] = [await makeClinic(), await makeClinic()];
    await withStaff(one.owner.ctx, async (outer) => {
      await withStaff(one.owner.ctx, async (inner) => expect(inner).toBe(outer));
      await expect(withStaff(two.owner.ctx, (db) => db.clinic.findMany())).rejects.toThrow("already open");
    });
  });

  it("writes the journal in the same transaction, or not at all", async () => {
    const one = await makeClinic();
    const attempt = withStaff(one.owner.ctx, async (db) => {
      await recordAudit(db, one.owner.ctx, { event: "clinic.read", action: "R", entity: "Clinic" });
      throw new Error("stop");
    });
    await expect(attempt).rejects.toThrow("stop");
    expect(await withStaff(one.owner.ctx, (db) => db.auditEvent.count())).toBe(0);
  });

  it("pipelines reads in one round trip under the same policies", async () => {
    const [one, two] = [await makeClinic(), await makeClinic()];
    const entry = { role: "staff", clinicId: one.id, userId: one.owner.userId } as const;
    const [mine, theirs] = await database("web").pipeline(entry, [
      { text: "select clinic_id from clinic.clinic where clinic_id = $1", values: [one.id] },
      { text: "select clinic_id from clinic.clinic where clinic_id = $1", values: [two.id] },
    ]);
    expect(mine?.rows).toEqual([{ clinic_id: one.id }]);
    expect(theirs?.rows).toEqual([]);
    await expect(
      database("web").pipeline({ ...entry, clinicId: two.id }, [{ text: "select 1", values: [] }]),
    ).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("sessions", () => {
  it("acts at once when a session is revoked, a member deactivated or the clinic ends their sessions", async () => {
    const one = await makeClinic();
    const member = await makeMember(one, "assistant");
    expect((await readSession(member.token, "staff", one.slug))?.membership?.role).toBe("assistant");
    await withStaff(one.owner.ctx, (db) =>
      db.membership.updateMany({
        where: { clinicId: one.id, userId: member.userId },
        data: { status: "inactive", endedAt: new Date() },
      }),
    );
    expect((await readSession(member.token, "staff", one.slug))?.membership).toBeUndefined();
    await withAuth({ userId: member.userId }, requestContext(), (db) =>
      db.session.updateMany({ where: {}, data: { revokedAt: new Date() } }),
    );
    expect(await readSession(member.token, "staff", one.slug)).toBeNull();
  });

  it("locks an idle session on the server, and keeps it locked", async () => {
    const one = await makeClinic();
    await withAuth({ userId: one.owner.userId }, requestContext(), (db) =>
      db.session.updateMany({ data: { lastSeenAt: new Date(Date.now() - 3_600_000) } }),
    );
    expect((await readSession(one.owner.token, "staff", one.slug))?.session.locked).toBe(true);
    expect((await readSession(one.owner.token, "staff", one.slug))?.session.locked).toBe(true);
  });

  it("keeps the last owner", async () => {
    const one = await makeClinic();
    const leave = withStaff(one.owner.ctx, (db) =>
      db.membership.updateMany({ where: { clinicId: one.id, userId: one.owner.userId }, data: { role: "assistant" } }),
    );
    await expect(leave).rejects.toMatchObject({ code: "Precondition", key: "lastOwner" });
  });

  it("lists the clinics of one person", async () => {
    const [one, two] = [await makeClinic("Une"), await makeClinic("Deux")];
    await addMembership(two, one.owner.userId, one.owner.email, "billing");
    const caller = createCaller({ ...requestContext(), cookie: () => one.owner.token, background: false });
    expect((await caller.membership.mine()).map((clinic) => clinic.name)).toEqual(["Une", "Deux"]);
  });

  it("answers nobody without a session", async () => {
    const caller = createCaller({ ...requestContext(), cookie: () => undefined, background: false });
    await expect(caller.membership.mine()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
