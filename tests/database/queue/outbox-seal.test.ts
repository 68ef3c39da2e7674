import { describe, expect, test } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { deliverMail } from "#server/mail/jobs.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { makeClinic, requestContext } from "#tests/factories/clinic.ts";

const payload = () => ({ deliveryId: newId() });

describe("the outbox", () => {
  test("takes a clinic's work from its own staff, and tells them nothing of it", async () => {
    const clinic = await makeClinic();
    const id = await withStaff(clinic.owner.ctx, (db) => enqueue(db, deliverMail, payload(), { clinicId: clinic.id }));
    const kept = await withRelay((db) => db.outbox.findUniqueOrThrow({ where: { id } }));
    expect(kept).toMatchObject({
      clinicId: clinic.id,
      job: "deliver-mail",
      requestId: clinic.owner.ctx.requestId,
      relayedAt: null,
    });
    await expect(withStaff(clinic.owner.ctx, (db) => db.outbox.findMany())).rejects.toMatchObject({ code: "NotFound" });
  });

  test("refuses work for another clinic, or for none, from staff", async () => {
    const [ours, theirs] = [await makeClinic(), await makeClinic()];
    for (const clinicId of [theirs.id, null]) {
      const asked = withStaff(ours.owner.ctx, (db) => enqueue(db, deliverMail, payload(), { clinicId }));
      await expect(asked).rejects.toMatchObject({ code: "NotFound" });
    }
  });

  test("lets the worker, acting for a clinic, take that clinic's job and no other's; a person takes none", async () => {
    const [ours, theirs] = [await makeClinic(), await makeClinic()];
    const id = await withStaff(ours.owner.ctx, (db) => enqueue(db, deliverMail, payload(), { clinicId: ours.id }));
    const system = (clinicId: string) => ({ requestId: newId(), job: "deliver-mail", clinicId });
    await expect(withStaff(ours.owner.ctx, (db) => takeJob(db, id))).rejects.toThrow();
    await expect(withStaff(system(theirs.id), (db) => takeJob(db, id))).rejects.toThrow();
    await withStaff(system(ours.id), (db) => takeJob(db, id));
    expect(await withRelay((db) => db.outbox.count({ where: { id } }))).toBe(0);
  });

  test("holds ids and nothing else, whoever asks", async () => {
    for (const bad of [
      { name: "Zoé Canari" },
      { deliveryId: 12 },
      { ids: [newId()] },
      { a: { b: newId() } },
      { a: null },
      [],
    ]) {
      const asked = withRelay(
        (db) => db.$executeRaw`
          insert into queue.outbox (id, job, payload) values (${newId()}::uuid, 'deliver-mail', ${JSON.stringify(bad)}::jsonb)`,
      );
      await expect(asked).rejects.toMatchObject({ code: "Invalid" });
    }
  });

  test("takes the platform's mail from someone who is signing in, with its ledger row, or neither", async () => {
    const mail = {
      kind: "password-reset" as const,
      subject: { secretId: newId() },
      locale: "fr" as const,
      clinicId: null,
    };
    const id = await withAuth({}, requestContext(), (db) => postMail(db, mail));
    const [delivery, job] = await withRelay(async (db) => [
      await db.delivery.findUniqueOrThrow({ where: { id } }),
      await db.outbox.findFirstOrThrow({ where: { payload: { path: ["deliveryId"], equals: id } } }),
    ]);
    expect(delivery).toMatchObject({ state: "pending", kind: "password-reset", attempts: 0, messageId: null });
    expect(job).toMatchObject({ job: "deliver-mail", clinicId: null });

    const before = await withRelay((db) => db.delivery.count());
    const undone = withAuth({}, requestContext(), async (db) => {
      await postMail(db, mail);
      throw new Error("changed our mind");
    });
    await expect(undone).rejects.toThrow("changed our mind");
    expect(await withRelay((db) => db.delivery.count())).toBe(before);
  });

  test("refuses a mail that says more than ids about its subject", async () => {
    const mail = {
      kind: "invitation" as const,
      subject: { email: "zoe@exemple.quebec" },
      locale: "fr" as const,
      clinicId: null,
    };
    await expect(withAuth({}, requestContext(), (db) => postMail(db, mail))).rejects.toMatchObject({ code: "Invalid" });
  });

  test("shows staff their clinic's sends and no other's", async () => {
    const [ours, theirs] = [await makeClinic(), await makeClinic()];
    const mail = { kind: "invitation" as const, subject: { invitationId: newId() }, locale: "fr" as const };
    const id = await withStaff(ours.owner.ctx, (db) => postMail(db, { ...mail, clinicId: ours.id }));
    expect(await withStaff(ours.owner.ctx, (db) => db.delivery.count({ where: { id } }))).toBe(1);
    expect(await withStaff(theirs.owner.ctx, (db) => db.delivery.count({ where: { id } }))).toBe(0);
  });
});
