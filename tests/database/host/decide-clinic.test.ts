import { expect, it } from "vitest";
import { composeClinicApproved, composeClinicSuspended } from "#server/clinic/compose-clinic-welcome.ts";
import type { HostContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type ClinicDecision, decideClinic } from "#server/host/decide-clinic.ts";
import { listClinics } from "#server/host/list-clinics.ts";
import { listHostEvents } from "#server/host/list-host-events.ts";
import { tellClinic } from "#server/host/tell-clinic.ts";
import { renderMail } from "#server/mail/render-mail.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { makeOperator } from "#tests/factories/operator.ts";

const sender = {
  name: "Hébergement Exemple",
  contact: ["aide@exemple.quebec"],
  origin: "https://chevet.exemple.quebec",
};

it("approves, suspends and tells, once, and never over another operator's decision", async () => {
  const clinic = await makeClinic("Clinique à approuver");
  const operator = await makeOperator();
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

/** Decides, then does what the outbox owes as the worker does. @returns which job the decision asked for. */
async function decide(operator: HostContext, clinic: TestClinic, version: number, status: "approved" | "suspended") {
  await decideClinic(operator, { clinicId: clinic.id, version, status });
  const [owed] = await asAdmin(database.adminUrl, (admin) =>
    admin
      .query<{ id: string; job: string }>(
        "delete from queue.outbox where payload ->> 'clinicId' = $1 and job like 'clinic-%' returning id, job",
        [clinic.id],
      )
      .then(({ rows }) => rows),
  );
  if (!owed) throw new Error("nothing was owed");
  const event = owed.job.replace("clinic-", "clinic.") as ClinicDecision;
  const job = { requestId: newId(), job: owed.job, clinicId: null, jobId: owed.id };
  await tellClinic(event)(job, { clinicId: clinic.id, operatorId: operator.user.id });
  return owed.job;
}

/** What the last mail of a kind says to each of those who get it. */
async function mailsOf(clinic: TestClinic, kind: "clinic-suspended" | "clinic-reinstated") {
  const deliveries = await withStaff(clinic.owner.ctx, (db) =>
    db.delivery.findMany({ where: { kind }, select: { id: true, subject: true } }),
  );
  const worker = { requestId: newId(), job: "deliver-mail", clinicId: clinic.id };
  const mails = [];
  for (const { id, subject } of deliveries) {
    const request = { deliveryId: id, locale: "fr" as const, subject: subject as Record<string, string> };
    const mail =
      kind === "clinic-suspended"
        ? await composeClinicSuspended(worker, request)
        : await composeClinicApproved(worker, request);
    mails.push(
      mail && { to: mail.to, text: (await renderMail(kind, mail.values as never, { locale: "fr", sender })).text },
    );
  }
  return mails;
}

it("mails a suspension and a reinstatement to each owner and nobody else, while they still hold", async () => {
  const clinic = await makeClinic("Clinique du Ruisseau");
  const second = await makeMember(clinic, "owner");
  await makeMember(clinic, "administrator");
  const operator = await makeOperator();
  expect(await decide(operator, clinic, 1, "approved")).toBe("clinic-approved");
  expect(await decide(operator, clinic, 2, "suspended")).toBe("clinic-suspended");
  const suspended = await mailsOf(clinic, "clinic-suspended");
  expect(suspended.map((mail) => mail?.to).sort()).toEqual([clinic.owner.email, second.email].sort());
  for (const mail of suspended) {
    expect(mail?.text).toContain("Votre clinique est suspendue");
    expect(mail?.text).toContain("aide@exemple.quebec");
    // It opens nothing: no link leads there.
    expect(mail?.text).not.toContain("/clinic/");
  }

  expect(await decide(operator, clinic, 3, "approved")).toBe("clinic-reinstated");
  const [told] = await mailsOf(clinic, "clinic-reinstated");
  expect(told?.text).toContain("Votre clinique est rétablie");
  expect(told?.text).toContain(`/clinic/${clinic.slug}`);
  // A suspension that no longer holds when its turn comes is not told.
  expect(await mailsOf(clinic, "clinic-suspended")).toEqual([null, null]);

  const journal = await withStaff(clinic.owner.ctx, (db) =>
    db.auditEvent.findMany({
      where: { event: { startsWith: "clinic." } },
      orderBy: { id: "asc" },
      select: { event: true },
    }),
  );
  expect(journal.map(({ event }) => event)).toEqual(["clinic.approved", "clinic.suspended", "clinic.reinstated"]);
  const { events } = await listHostEvents(operator, { most: 3 });
  expect(events.map(({ event, clinicName }) => [event, clinicName])).toEqual([
    ["clinic.reinstated", "Clinique du Ruisseau"],
    ["clinic.suspended", "Clinique du Ruisseau"],
    ["clinic.approved", "Clinique du Ruisseau"],
  ]);
});

it("is closed to the staff of a clinic", async () => {
  const clinic = await makeClinic();
  expect(await refusal(callerOf(clinic.owner).host.clinics({}))).toMatchObject({ code: "Unauthenticated" });
});
