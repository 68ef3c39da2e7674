import { beforeAll, describe, expect, test } from "vitest";
import type { HostContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { deliverMail } from "#server/mail/jobs.ts";
import { listClinicDeliveries, listPlatformDeliveries } from "#server/mail/list-unsettled-deliveries.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { buryJob } from "#server/queue/bury-job.ts";
import { claimOutbox, reclaimOutbox, releaseOutbox } from "#server/queue/claim-outbox.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { listDeadLetters } from "#server/queue/list-dead-letters.ts";
import { replayDeadLetter } from "#server/queue/replay-dead-letter.ts";
import { requeueDeadLetters } from "#server/queue/requeue-dead-letters.ts";
import { sweepQueueRows } from "#server/queue/sweep-queue-rows.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, requestContext, type TestClinic } from "#tests/factories/clinic.ts";

const admin = (sql: string, values: unknown[] = []) =>
  asAdmin(database.adminUrl, (client) => client.query(sql, values));

let clinic: TestClinic;
let operator: HostContext;
beforeAll(async () => {
  clinic = await makeClinic();
  const { session, sessionHash, user } = clinic.owner.ctx;
  await admin("insert into host.operator (user_id) values ($1)", [user.id]);
  operator = { ...requestContext(), session, sessionHash, user, operator: true };
});

const ask = () =>
  withStaff(clinic.owner.ctx, (db) => enqueue(db, deliverMail, { deliveryId: newId() }, { clinicId: clinic.id }));

describe("a dead letter", () => {
  test("is owed or dead, never both, however often it is buried", async () => {
    const jobId = await ask();
    expect(await buryJob(jobId, { code: "SMTP_451", attempts: 12 })).toBe(true);
    expect(await buryJob(jobId, { code: "SMTP_451", attempts: 12 })).toBe(false);
    expect(await withRelay((db) => db.outbox.count({ where: { id: jobId } }))).toBe(0);
    expect(
      (await listDeadLetters(operator, { most: 10 })).filter((letter) => letter.errorCode === "SMTP_451"),
    ).toHaveLength(1);
  });

  test("says a code, or is refused", async () => {
    const jobId = await ask();
    await expect(buryJob(jobId, { code: "550 zoe@exemple.quebec is unknown", attempts: 1 })).rejects.toMatchObject({
      code: "Invalid",
    });
    expect(await withRelay((db) => db.outbox.count({ where: { id: jobId } }))).toBe(1);
    await buryJob(jobId, { code: "SMTP_550", attempts: 1 });
  });

  test("is listed newest first, a page at a time", async () => {
    const [first, second] = await listDeadLetters(operator, { most: 2 });
    expect(first && second && first.id > second.id).toBe(true);
    expect(await listDeadLetters(operator, { most: 2, before: second?.id })).not.toContainEqual(first);
  });

  test("is replayed once, under a new id, by whoever is first", async () => {
    const jobId = await ask();
    await buryJob(jobId, { code: "ECONNREFUSED", attempts: 12 });
    const letter = (await listDeadLetters(operator, { most: 1 }))[0];
    const id = letter?.id ?? "";
    const tries = await Promise.allSettled([replayDeadLetter(operator, { id }), replayDeadLetter(operator, { id })]);
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(replayDeadLetter(operator, { id })).rejects.toMatchObject({
      code: "Conflict",
      key: "alreadyReplayed",
    });
    await expect(replayDeadLetter(operator, { id: newId() })).rejects.toMatchObject({ code: "NotFound" });

    expect(await requeueDeadLetters(10)).toBe(1);
    expect(await requeueDeadLetters(10)).toBe(0);
    const [after] = (await listDeadLetters(operator, { most: 10 })).filter((one) => one.id === id);
    const back = await withRelay((db) => db.outbox.findUniqueOrThrow({ where: { id: after?.requeuedAs ?? "" } }));
    expect(back).toMatchObject({ job: "deliver-mail", clinicId: clinic.id, relayedAt: null });
  });
});

describe("the relay's claim", () => {
  test("is one relay's, until it is given back or has gone silent", async () => {
    await admin("delete from queue.outbox");
    const jobIds = [await ask(), await ask(), await ask()];
    const [a, b] = await Promise.all([claimOutbox(2), claimOutbox(2)]);
    expect([...a, ...b].map((job) => job.id).sort()).toEqual([...jobIds].sort());
    expect(await claimOutbox(10)).toEqual([]);
    await releaseOutbox([jobIds[0] ?? ""]);
    expect((await claimOutbox(10)).map((job) => job.id)).toEqual([jobIds[0]]);
    expect(await reclaimOutbox(10, 60_000)).toEqual([]);
    await admin("update queue.outbox set relayed_at = now() - interval '2 minutes'");
    expect(await reclaimOutbox(10, 60_000)).toHaveLength(3);
  });

  test("leaves what is not due", async () => {
    await admin("delete from queue.outbox");
    const runAt = new Date(Date.now() + 3_600_000);
    await withStaff(clinic.owner.ctx, (db) =>
      enqueue(db, deliverMail, { deliveryId: newId() }, { clinicId: clinic.id, runAt }),
    );
    expect(await claimOutbox(10)).toEqual([]);
  });
});

describe("sends that need a person", () => {
  test("are shown to the host when they are the platform's, to the clinic's staff when they are its own", async () => {
    const subject = { invitationId: newId() };
    const ours = await withStaff(clinic.owner.ctx, (db) =>
      postMail(db, { kind: "invitation", subject, locale: "fr", clinicId: clinic.id }),
    );
    const platform = newId();
    await admin(
      "insert into queue.delivery (id, channel, kind, subject, locale) values ($1, 'email', 'password-reset', '{}', 'fr')",
      [platform],
    );
    await admin(
      "update queue.delivery set state = 'unknown', message_id = id::text, settled_at = now(), error_code = 'ECONNECTION' where id = any($1)",
      [[ours, platform]],
    );
    expect((await listPlatformDeliveries(operator, { most: 10 })).map((one) => one.id)).toEqual([platform]);
    expect(await listClinicDeliveries(clinic.owner.ctx, { most: 10 })).toMatchObject([
      { id: ours, state: "unknown", errorCode: "ECONNECTION" },
    ]);
    const other = await makeClinic();
    expect(await listClinicDeliveries(other.owner.ctx, { most: 10 })).toEqual([]);
  });

  test("are not swept away; what was settled long ago is", async () => {
    const old = newId();
    await admin(
      "insert into queue.delivery (id, channel, kind, subject, locale, state, message_id, settled_at) values ($1::uuid, 'email', 'invitation', '{}', 'fr', 'sent', $1::uuid::text, now() - interval '200 days')",
      [old],
    );
    await admin("update queue.delivery set settled_at = now() - interval '200 days' where state = 'unknown'");
    const unknown = (await admin("select 1 from queue.delivery where state = 'unknown'")).rowCount;
    expect(await sweepQueueRows()).toBe(1);
    expect((await admin("select 1 from queue.delivery where state = 'unknown'")).rowCount).toBe(unknown);
    expect((await admin("select 1 from queue.delivery where id = $1", [old])).rowCount).toBe(0);
  });
});
