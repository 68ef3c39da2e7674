import pg from "pg";
import { expect, it } from "vitest";
import type { HostContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { decideClinic } from "#server/host/decide-clinic.ts";
import { listClinics } from "#server/host/list-clinics.ts";
import { tellClinic } from "#server/host/tell-clinic.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";

/** No role of ours may name an operator: the host does, as administrator of its own database. */
async function asOperator({ owner }: TestClinic): Promise<HostContext> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query("insert into host.operator (user_id) values ($1)", [owner.userId]).finally(() => admin.end());
  const { requestId, locale, origin, session, sessionHash, user } = owner.ctx;
  return { requestId, locale, origin, session, sessionHash, user, operator: true };
}

it("approves, suspends and tells, once, and never over another operator's decision", async () => {
  const clinic = await makeClinic("Clinique à approuver");
  const operator = await asOperator(await makeClinic("Hébergeur"));
  const all = { status: "all" as const, search: "à approuver", most: 10 };
  const [listed] = (await listClinics(operator, all)).clinics;
  expect(listed).toMatchObject({ clinicId: clinic.id, status: "pending", version: 1 });
  const approve = { clinicId: clinic.id, version: 1, status: "approved" as const };
  const twice = await Promise.allSettled([decideClinic(operator, approve), decideClinic(operator, approve)]);
  expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);

  const job = { requestId: newId(), job: "clinic-approved", clinicId: null, jobId: newId() };
  const ids = { clinicId: clinic.id, operatorId: operator.user.id };
  await tellClinic("clinic.approved")(job, ids);
  await tellClinic("clinic.approved")(job, ids);
  const [lines, mails] = await withStaff(clinic.owner.ctx, async (db) => [
    await db.auditEvent.count({ where: { event: "clinic.approved" } }),
    await db.delivery.count({ where: { kind: "clinic-approved" } }),
  ]);
  expect([lines, mails]).toEqual([1, 1]);

  await decideClinic(operator, { clinicId: clinic.id, version: 2, status: "suspended" });
  expect(await refusal(callerOf(clinic.owner, clinic).membership.me())).toMatchObject({ code: "NotFound" });
});

it("is closed to the staff of a clinic", async () => {
  const clinic = await makeClinic();
  expect(await refusal(callerOf(clinic.owner).host.clinics({}))).toMatchObject({ code: "Unauthenticated" });
});
