import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { createLogger } from "#server/logger.ts";
import { handle } from "#server/queue/run-job.ts";
import { type RunningQueue, runQueue } from "#server/queue/run-queue.ts";
import { escalateUnopened } from "#server/task/escalate-unopened.ts";
import { escalateTask } from "#server/task/jobs.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { jobContext } from "#tests/factories/job-context.ts";
import { makeTask, makeUnopenedFor } from "#tests/factories/task.ts";
import { type RedisServer, redisInstalled, startRedis } from "#tests/servers/redis-server.ts";

const dayMs = 86_400_000;
afterAll(closeDatabases);

async function aClinic() {
  const clinic = await makeClinic();
  const [doctor, desk] = [await makeMember(clinic, "professional"), await makeMember(clinic, "assistant")];
  return { clinic, doctor, desk, toDesk: { kind: "user" as const, userId: desk.userId } };
}

/** The job that was asked for, and when it is to run. */
const asked = (clinic: TestClinic) =>
  asAdmin(database.adminUrl, async (admin) => {
    const { rows } = await admin.query<{ id: string; payload: object; run_at: Date }>(
      "select id, payload, run_at from queue.outbox where clinic_id = $1 and job = 'escalate-task' order by id",
      [clinic.id],
    );
    return rows;
  });
const run = (clinic: TestClinic, jobId: string, taskId: string) =>
  escalateUnopened(jobContext("escalate-task", clinic.id, jobId), { taskId });

describe("VA-1: what nobody opens is told to somebody else", () => {
  it("after the clinic's days, or the task's own, with ids only", async () => {
    const { clinic, doctor, desk, toDesk } = await aClinic();
    const usual = await makeTask(doctor, { owner: toDesk });
    await callerOf(clinic.owner, clinic).task.changePolicy({
      escalateAfterDays: 7,
      escalatesTo: { kind: "user", userId: doctor.userId },
      version: 0,
    });
    await makeTask(doctor, { owner: toDesk });
    await makeTask(doctor, {
      owner: toDesk,
      escalateAfterDays: 1,
      escalatesTo: { kind: "role", role: "professional" },
    });
    const jobs = await asked(clinic);
    expect(jobs.map(({ run_at }) => Math.round((run_at.getTime() - Date.now()) / dayMs))).toEqual([3, 7, 1]);
    expect(jobs[0]?.payload).toEqual({ taskId: usual });
    const { rows } = await callerOf(desk, clinic).task.list({ list: "mine" });
    expect(rows.map(({ escalatesTo }) => escalatesTo).sort()).toEqual(
      [`user:${clinic.owner.userId}`, `user:${doctor.userId}`, "role:professional"].sort(),
    );
  });

  it("shows to both, once, however often the job is carried out", async () => {
    const { clinic, doctor, desk, toDesk } = await aClinic();
    const id = await makeTask(doctor, { owner: toDesk });
    await makeUnopenedFor(clinic, id);
    const [job] = await asked(clinic);
    await run(clinic, job?.id ?? "", id);
    await expect(run(clinic, job?.id ?? "", id)).rejects.toMatchObject({ name: "AlreadyDone" });
    for (const member of [desk, clinic.owner]) {
      const { rows } = await callerOf(member, clinic).task.list({ list: "mine" });
      expect(rows).toMatchObject([{ id, status: "requested", version: 3, ownerName: desk.ctx.membership.displayName }]);
      expect(rows[0]?.escalatedAt).not.toBeNull();
      expect(await callerOf(member, clinic).task.count()).toEqual({ now: 1, late: 0 });
    }
    const told = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({ where: { clinicId: clinic.id, event: "task.escalated" } }),
    );
    expect(told).toMatchObject([{ entityIds: [id], agentRole: "system" }]);
    // Whoever was told may open it too.
    await callerOf(clinic.owner, clinic).task.open({ id });
    expect(await callerOf(desk, clinic).task.read({ id })).toMatchObject({ status: "accepted" });
  });

  it("unless it was opened, closed, put off or given to somebody else", async () => {
    const { clinic, doctor, desk, toDesk } = await aClinic();
    const make = () => makeTask(doctor, { owner: toDesk });
    const [opened, done, early, given] = [await make(), await make(), await make(), await make()];
    const jobs = await asked(clinic);
    for (const id of [opened, done, given]) await makeUnopenedFor(clinic, id);
    await callerOf(desk, clinic).task.open({ id: opened });
    await callerOf(desk, clinic).task.complete({ id: done, version: 2 });
    const owner = { kind: "role" as const, role: "assistant" as const };
    await callerOf(doctor, clinic).task.reassign({ items: [{ id: given, version: 2 }], owner });
    for (const [at, id] of [opened, done, early, given].entries()) await run(clinic, jobs[at]?.id ?? "", id);
    const { rows } = await callerOf(clinic.owner, clinic).task.list({ list: "mine" });
    expect(rows).toEqual([]);
    // Given anew, it is awaited anew.
    expect(await asked(clinic)).toMatchObject([{ payload: { taskId: given } }]);
  });

  it("of care to whoever runs the clinic and gives care, else to whoever gives care", async () => {
    const { clinic, doctor } = await aClinic();
    const other = await makeMember(clinic, "professional");
    const { id: patientId } = await makePatient(clinic.owner.ctx);
    const give = () => makeTask(doctor, { patientId, clinical: true, owner: { kind: "user", userId: other.userId } });
    const before = await give();
    await callerOf(clinic.owner, clinic).practitioner.add({
      id: crypto.randomUUID(),
      prefix: "Dre",
      givenName: "Maude",
      familyName: "Lavallée",
      profession: "physician",
      permitNumber: "12345",
      signatureLine: "",
      membershipId: clinic.owner.membershipId,
    });
    const after = await give();
    const { read } = callerOf(doctor, clinic).task;
    expect((await read({ id: before })).escalatesTo).toBe("role:professional");
    expect((await read({ id: after })).escalatesTo).toBe(`user:${clinic.owner.userId}`);
  });

  it("also when whoever asked has left since", async () => {
    const { clinic, doctor, toDesk } = await aClinic();
    const { id: patientId } = await makePatient(clinic.owner.ctx);
    const id = await makeTask(doctor, { patientId, owner: toDesk });
    await makeUnopenedFor(clinic, id);
    await callerOf(clinic.owner, clinic).membership.deactivate({ id: doctor.membershipId, version: 1 });
    const [job] = await asked(clinic);
    await run(clinic, job?.id ?? "", id);
    expect((await callerOf(clinic.owner, clinic).task.read({ id })).escalatedAt).not.toBeNull();
  });
});

const backends = [
  { backend: "postgres" as const, able: true },
  { backend: "redis" as const, able: redisInstalled },
];

describe.each(backends)("VA-1, carried by the queue on $backend", ({ backend, able }) => {
  let redis: RedisServer | undefined;
  let queue: RunningQueue;
  beforeAll(async () => {
    if (!able) return;
    redis = backend === "redis" ? await startRedis() : undefined;
    const log = createLogger({ write: () => undefined }, "error");
    const pace = {
      relay: { batch: 100, pollMs: 100, silentMs: 2000 },
      work: { concurrency: 4, lockMs: 2000, limitMs: 5000 },
      repeatMs: 500,
    };
    const place = { queueDatabaseUrl: database.queueUrl, redisUrl: redis?.url };
    queue = await runQueue(place, [handle(escalateTask, escalateUnopened)], log, pace);
  });
  afterAll(async () => {
    await queue?.stop(5000);
    await redis?.stop();
  });

  test.skipIf(!able)("waits for its day, and is told then", async () => {
    const { clinic, doctor, toDesk } = await aClinic();
    const [due, waiting] = [await makeTask(doctor, { owner: toDesk }), await makeTask(doctor, { owner: toDesk })];
    await makeUnopenedFor(clinic, due);
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update queue.outbox set run_at = now() where clinic_id = $1 and payload ->> 'taskId' = $2", [
        clinic.id,
        due,
      ]),
    );
    const { read } = callerOf(doctor, clinic).task;
    await vi.waitFor(async () => expect((await read({ id: due })).escalatedAt).not.toBeNull(), 15_000);
    await vi.waitFor(async () => expect(await asked(clinic)).toMatchObject([{ payload: { taskId: waiting } }]), 15_000);
    expect((await read({ id: waiting })).escalatedAt).toBeNull();
  });
});
