import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { forgetUnusedContact } from "#server/booking/forget-unused-contact.ts";
import { createChartMaker } from "#server/chart-export/make-export.ts";
import { createFaxFollower, createFaxSender } from "#server/communication/fax/send-fax.ts";
import { createCodeSender } from "#server/communication/link/send-code.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { createTextReader } from "#server/document/reading/read-text.ts";
import { createHttpFax } from "#server/fax/http-driver.ts";
import { tellClinic } from "#server/host/tell-clinic.ts";
import { createLogger } from "#server/logger.ts";
import type { MailComposers } from "#server/mail/compose-mail.ts";
import { createMailDelivery } from "#server/mail/deliver-mail.ts";
import { composeInvitation } from "#server/membership/compose-invitation.ts";
import { recordJoining } from "#server/membership/record-joining.ts";
import { tellMember } from "#server/membership/tell-member.ts";
import { carryMerge, carryPart } from "#server/patient/carry-merge.ts";
import { requestMerge } from "#server/patient/request-merge.ts";
import { requestPart } from "#server/patient/request-part.ts";
import { checkImport } from "#server/patient-import/ask-import.ts";
import { carryImport } from "#server/patient-import/carry-import.ts";
import { checkImportInput } from "#server/patient-import/schema.ts";
import type { Job } from "#server/queue/define-job.ts";
import { createJobRunner, type Handler } from "#server/queue/run-job.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { createTextFollower } from "#server/reminder/follow-sent-text.ts";
import { noteBounced } from "#server/reminder/note-bounce.ts";
import { planAppointmentMessages } from "#server/reminder/plan-appointment-messages.ts";
import { planClinicMessages } from "#server/reminder/plan-clinic-messages.ts";
import { planSittingMessages } from "#server/reminder/plan-sitting-messages.ts";
import { withdrawContactConsent } from "#server/reminder/withdraw-contact-consent.ts";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { processFileRoom } from "#server/storage/file-room.ts";
import { escalateUnopened } from "#server/task/escalate-unopened.ts";
import { offerByRule } from "#server/waitlist/offer-by-rule.ts";
import { settleOffer } from "#server/waitlist/settle-offer.ts";
import { database } from "#tests/database/setup.ts";
import { visitorOf } from "#tests/factories/booking.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { declaredJobs } from "#tests/factories/declared-jobs.ts";
import { sendFile } from "#tests/factories/document.ts";
import { mailedInvitation } from "#tests/factories/invitation.ts";
import { carryOut as carryMergesOf } from "#tests/factories/merge.ts";
import { takeFile } from "#tests/factories/patient-import.ts";
import { smallPicture } from "#tests/factories/picture.ts";
import { giveCard } from "#tests/factories/prescriber.ts";
import { wayOut } from "#tests/factories/procedures/reminder.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { makeVisitor, strongPassword } from "#tests/factories/sign-up.ts";
import { anUnopenedTask } from "#tests/factories/task.ts";
import { bookVisit, messagesOf, workOff } from "#tests/factories/visit.ts";
import { ensurePage, makeFreed, makeOffer, makeWaiting } from "#tests/factories/waitlist.ts";
import { type MoodySmtp, startMoodySmtp } from "#tests/servers/moody-smtp.ts";
import { fingerprint } from "./doors/fingerprint.ts";

/**
 * The side door of jobs: staff may ask for any job in their own clinic's name, so a job is only as sealed as its handler. Each job that
 * the code declares, asked for by one clinic (or by the platform) about another's ids, does nothing and says nothing; the same ids
 * in the rightful clinic's name then do something.
 */
interface Asked {
  readonly clinicId: string | null;
  readonly payload: Readonly<Record<string, string>>;
}
interface Way {
  readonly handler: (ctx: Parameters<Handler<Job>>[0], payload: never) => Promise<void>;
  /** The job as it is rightly asked for, with everything it is about. */
  readonly ask: (clinic: TestClinic) => Promise<Asked>;
}

const admin = new pg.Client({ connectionString: database.adminUrl });
const lines: string[] = [];
const logger = createLogger({ write: (line: string) => void lines.push(line) }, "debug");
const jobs = (await declaredJobs()).filter((job): job is Job => job.kind === "job");
const count = { refused: 0, done: 0 };
let smtp: MoodySmtp;
let ways: Readonly<Record<string, Way>>;

beforeAll(async () => {
  await admin.connect();
  smtp = await startMoodySmtp("accept");
  const route = { smtpUrl: smtp.url, from: "ne-pas-repondre@exemple.quebec", origin: "https://chevet.exemple.quebec" };
  const composers: Partial<MailComposers> = { invitation: composeInvitation };
  const byOperator = async (clinic: TestClinic) => ({
    clinicId: null,
    payload: { clinicId: clinic.id, operatorId: clinic.owner.userId },
  });
  const aboutMember = async (clinic: TestClinic) => ({
    clinicId: clinic.id,
    payload: { userId: (await makeMember(clinic, "assistant")).userId },
  });
  ways = {
    "deliver-mail": { handler: createMailDelivery(route, composers), ask: anUnsentInvitation },
    "forget-contact": { handler: forgetUnusedContact, ask: anUnprovedAddress },
    "clinic-approved": { handler: tellClinic("clinic.approved"), ask: byOperator },
    "clinic-suspended": { handler: tellClinic("clinic.suspended"), ask: byOperator },
    "clinic-reinstated": { handler: tellClinic("clinic.reinstated"), ask: byOperator },
    "tell-role-changed": { handler: tellMember("member.role-changed"), ask: aboutMember },
    "tell-access-changed": { handler: tellMember("member.access-changed"), ask: aboutMember },
    "tell-access-restored": { handler: tellMember("member.access-restored"), ask: aboutMember },
    "tell-access-ended": { handler: tellMember("member.access-ended"), ask: aboutMember },
    "offer-freed-time": { handler: offerByRule, ask: aFreedTime },
    "settle-offers": { handler: settleOffer, ask: anAcceptedOffer },
    "import-lines": {
      handler: carryImport,
      ask: async (clinic) => {
        const { id: importId, version, mapping } = await takeFile(clinic);
        const input = { id: importId, version, mapping, sourceSystem: "Ancien logiciel" };
        await checkImport(clinic.owner.ctx, checkImportInput.parse(input));
        return { clinicId: clinic.id, payload: { importId } };
      },
    },
    "merge-patients": { handler: carryMerge, ask: aMerge },
    "part-patients": {
      handler: carryPart,
      ask: async (clinic) => {
        const { payload } = await aMerge(clinic);
        await carryMergesOf(clinic);
        await requestPart(clinic.owner.ctx, { id: payload.mergeId ?? "", version: 2 });
        return { clinicId: clinic.id, payload };
      },
    },
    "member-joined": { handler: recordJoining, ask: aNewMember },
    "plan-appointment": {
      handler: planAppointmentMessages,
      ask: async (clinic) => ({
        clinicId: clinic.id,
        payload: { appointmentId: (await aVisit(clinic)).appointmentId },
      }),
    },
    "plan-sitting": {
      handler: planSittingMessages,
      ask: async (clinic) => ({ clinicId: clinic.id, payload: { sittingId: (await aVisit(clinic)).sittingId } }),
    },
    "plan-clinic": {
      handler: planClinicMessages,
      ask: async (clinic) => {
        await aVisit(clinic);
        return { clinicId: clinic.id, payload: { clinicId: clinic.id } };
      },
    },
    "send-message": {
      handler: createMessageSender(route, undefined),
      ask: async (clinic) => {
        const { appointmentId } = await aVisit(clinic);
        await workOff(clinic);
        const [message] = await messagesOf(clinic, appointmentId);
        return { clinicId: clinic.id, payload: { messageId: message?.id ?? "" } };
      },
    },
    "read-document-text": {
      handler: createTextReader(processFileRoom),
      ask: async (clinic) => ({
        clinicId: clinic.id,
        payload: {
          documentId: await sendFile(clinic.owner, await smallPicture(), "photo.png"),
          userId: clinic.owner.userId,
        },
      }),
    },
    "escalate-task": {
      handler: escalateUnopened,
      ask: async (clinic) => ({ clinicId: clinic.id, payload: { taskId: await anUnopenedTask(clinic) } }),
    },
    "make-chart-export": {
      handler: createChartMaker(processFileRoom),
      ask: async (clinic) => {
        // What is of care is read by who gives it.
        await giveCard(clinic, clinic.owner);
        const [id, patientId] = [newId(), (await makePatient(clinic.owner.ctx)).id];
        await withStaff(clinic.owner.ctx, (db) =>
          db.chartExport.createMany({
            data: {
              clinicId: clinic.id,
              id,
              patientId,
              authorId: clinic.owner.userId,
              options: { parts: ["problems"], from: null, until: null, drafts: false, private: false, append: false },
              expiresAt: new Date(Date.now() + 60_000),
            },
          }),
        );
        return { clinicId: clinic.id, payload: { exportId: id, userId: clinic.owner.userId } };
      },
    },
    // No service is on: one that is owed fails, one that nobody hears of again is unknown.
    "send-fax": {
      handler: createFaxSender(createHttpFax),
      ask: (clinic) => aTransmission(clinic, { channel: "fax", driver: "http" }),
    },
    "follow-fax": {
      handler: createFaxFollower(createHttpFax),
      ask: (clinic) => aTransmission(clinic, { channel: "fax", driver: "http", status: "sending", providerId: "fx-1" }),
    },
    "send-link-code": {
      handler: createCodeSender(carrier),
      ask: async (clinic) => {
        await withStaff(clinic.owner.ctx, (db) =>
          db.integration.createMany({
            data: { clinicId: clinic.id, id: newId(), code: "sms", enabled: true, outsideQuebec: false },
          }),
        );
        const expiresAt = new Date(Date.now() + 60_000);
        return aTransmission(clinic, { channel: "link", codeBy: "sms", mobile: "+14185550142", expiresAt });
      },
    },
    "note-bounce": { handler: noteBounced, ask: aReturnedMail },
    "follow-text": { handler: createTextFollower(carrier), ask: aSentText },
    "withdraw-contact": {
      handler: withdrawContactConsent,
      ask: async (clinic) => ({ clinicId: clinic.id, payload: { standingId: (await wayOut({ clinic })).standingId } }),
    },
  };
});
afterAll(async () => {
  console.log(
    `side door, jobs: ${jobs.length} jobs, ${count.refused} misdirected did nothing, ${count.done} rightful did`,
  );
  await Promise.all([admin.end(), smtp.stop()]);
  await closeDatabases();
});

/** A clinic that offers by itself, by day and by night, and somebody who would take what came free. */
async function aFreedTime(clinic: TestClinic): Promise<Asked> {
  const place = await makeSchedule(clinic);
  await ensurePage(clinic);
  const policy = { waitlistAutomatic: true, quietFromMinute: 0, quietUntilMinute: 0 };
  await withStaff(clinic.owner.ctx, async (db) => {
    if (!(await db.bookingPolicy.findFirst({ where: { clinicId: clinic.id } })))
      await db.bookingPolicy.createMany({ data: { clinicId: clinic.id, ...policy } });
  });
  await makeWaiting(place);
  return { clinicId: clinic.id, payload: { freedTimeId: await makeFreed(place) } };
}

/** Two records that are one person, and somebody who says so. */
async function aMerge(clinic: TestClinic): Promise<Asked> {
  const { ctx } = clinic.owner;
  const [survivor, merged] = [await makePatient(ctx), await makePatient(ctx)];
  const { id: mergeId } = await requestMerge(ctx, {
    id: newId(),
    survivorId: survivor.id,
    survivorVersion: survivor.version,
    mergedId: merged.id,
    mergedVersion: merged.version,
    reason: "Inscrit deux fois",
  });
  return { clinicId: clinic.id, payload: { mergeId } };
}

async function anAcceptedOffer(clinic: TestClinic): Promise<Asked> {
  const place = await makeSchedule(clinic);
  const { token, entryId } = await makeOffer(place);
  await visitorOf(place, token).waitlist.acceptOffer();
  const offer = await withStaff(clinic.owner.ctx, (db) =>
    db.waitlistOffer.findFirst({ where: { clinicId: clinic.id, entryId } }),
  );
  return { clinicId: clinic.id, payload: { offerId: offer?.id ?? "" } };
}

async function anUnsentInvitation(clinic: TestClinic): Promise<Asked> {
  await mailedInvitation(clinic, `${newId()}@clinique.example`);
  const [delivery] = await withStaff(clinic.owner.ctx, (db) =>
    db.delivery.findMany({ where: { clinicId: clinic.id, kind: "invitation" }, orderBy: { id: "desc" }, take: 1 }),
  );
  return { clinicId: clinic.id, payload: { deliveryId: delivery?.id ?? "" } };
}

async function anUnprovedAddress(clinic: TestClinic): Promise<Asked> {
  const checkId = newId();
  await admin.query(
    "insert into clinic.contact_check (clinic_id, id, token_hash, email, expires_at) values ($1, $2, $3, $4, now() + interval '15 minutes')",
    [clinic.id, checkId, randomBytes(32), `${newId()}@personne.example`],
  );
  return { clinicId: clinic.id, payload: { checkId } };
}

const carrier: SmsDriver = {
  name: "swift",
  send: async () => ({ state: "sent", providerId: "1" }),
  follow: async () => "delivered",
};

const aVisit = async (clinic: TestClinic) => bookVisit(await makeSchedule(clinic), { at: "2027-03-02 10:00" });

async function aSentText(clinic: TestClinic): Promise<Asked> {
  const { appointmentId } = await aVisit(clinic);
  await workOff(clinic);
  const [message] = await messagesOf(clinic, appointmentId);
  const messageId = message?.id ?? "";
  await withStaff(clinic.owner.ctx, (db) =>
    db.visitMessage.updateMany({
      where: { clinicId: clinic.id, id: messageId },
      data: { channel: "sms", status: "sent", providerId: "1", settledAt: new Date() },
    }),
  );
  return { clinicId: clinic.id, payload: { messageId } };
}

async function aReturnedMail(clinic: TestClinic): Promise<Asked> {
  const { appointmentId } = await aVisit(clinic);
  await workOff(clinic);
  const [message] = await messagesOf(clinic, appointmentId);
  const returnId = message?.id ?? "";
  await withStaff(clinic.owner.ctx, (db) =>
    db.visitMessage.updateMany({
      where: { clinicId: clinic.id, id: returnId },
      data: { status: "sent", settledAt: new Date() },
    }),
  );
  await admin.query(
    "insert into queue.return_path (id, clinic_id, bounced_at, code) values ($1, $2, now(), 'DSN_5.1.1')",
    [returnId, clinic.id],
  );
  return { clinicId: clinic.id, payload: { returnId } };
}

async function aNewMember(clinic: TestClinic): Promise<Asked> {
  const { id, token } = await mailedInvitation(clinic, `${newId()}@clinique.example`);
  await makeVisitor().caller().invitation.join({ token, displayName: "Éloïse Gagnon", password: strongPassword });
  const member = await withStaff(clinic.owner.ctx, (db) =>
    db.membership.findFirstOrThrow({ where: { clinicId: clinic.id }, orderBy: { id: "desc" } }),
  );
  return { clinicId: clinic.id, payload: { membershipId: member.id, invitationId: id } };
}

/** Through the runner that the worker uses, from an outbox row as a relay would hand it over. */
async function run({ name }: Job, { handler }: Way, { clinicId, payload }: Asked): Promise<void> {
  const id = newId();
  await admin.query("insert into queue.outbox (id, clinic_id, job, payload) values ($1, $2, $3, $4)", [
    id,
    clinicId,
    name,
    JSON.stringify(payload),
  ]);
  const handled = { job: jobs.find((job) => job.name === name) as Job, run: handler as never };
  const settle = async (jobId: string) => void (await admin.query("delete from queue.outbox where id = $1", [jobId]));
  const runJob = createJobRunner([handled], settle, logger, 10_000);
  const running = {
    id,
    name,
    clinicId,
    payload,
    requestId: null,
    attempt: 1,
    attempts: 10,
    starts: 1,
    recurring: false,
  };
  try {
    await runJob(running as Parameters<typeof runJob>[0]);
  } finally {
    // Tried again or not, it is over for this test.
    await settle(id);
  }
}

/** Something on its way, of this clinic's owner. */
async function aTransmission(clinic: TestClinic, more: object): Promise<Asked> {
  const [id, patientId] = [newId(), (await makePatient(clinic.owner.ctx)).id];
  const whose = { clinicId: clinic.id, id, patientId, authorId: clinic.owner.userId };
  await withStaff(clinic.owner.ctx, async (db) => {
    await db.communication.createMany({
      data: {
        ...whose,
        channel: "fax",
        recipientKind: "other",
        recipientName: "Dr Thibodeau",
        purpose: "care",
        ground: "care",
        nature: "Lettre",
      },
    });
    await db.transmission.createMany({ data: { ...whose, channel: "fax", contact: "+14185550142", ...more } });
  });
  return { clinicId: clinic.id, payload: { communicationId: id, userId: clinic.owner.userId } };
}

describe("side door: jobs", () => {
  it("every job has a way here, and every way a job", () => {
    expect(Object.keys(ways).sort()).toEqual(jobs.map(({ name }) => name).sort());
  });

  it.each(jobs.map((job) => [job.name, job] as const))("%s carries its clinic", async (name, job) => {
    const way = ways[name] as Way;
    const [here, there] = [await makeClinic(), await makeClinic()];
    const [mine, theirs] = [await way.ask(here), await way.ask(there)];
    const misdirected: Asked[] = [
      { clinicId: here.id, payload: theirs.payload },
      ...(theirs.clinicId
        ? [{ clinicId: null, payload: theirs.payload }]
        : [{ clinicId: there.id, payload: theirs.payload }]),
      // One of theirs among one's own.
      ...(mine.clinicId
        ? Object.entries(theirs.payload).map(([key, id]) => ({ ...mine, payload: { ...mine.payload, [key]: id } }))
        : []),
      { clinicId: here.id, payload: Object.fromEntries(Object.keys(mine.payload).map((key) => [key, newId()])) },
    ];
    for (const asked of misdirected) {
      const before = await fingerprint(admin);
      lines.length = 0;
      // Left alone, or failed to be tried again and buried in the end: either is nothing.
      await run(job, way, asked).catch((error: Error) => expect(error.name).toBe("JobFailed"));
      expect(await fingerprint(admin), JSON.stringify(asked)).toEqual(before);
      expect(smtp.received).toEqual([]);
      // The log says that a job ran, and no more: at its most talkative, nothing of what it was about.
      const said = lines.join("\n");
      for (const id of [there.id, there.slug, ...Object.values(theirs.payload)].filter((one) => one !== asked.clinicId))
        expect(said).not.toContain(id);
      count.refused += 1;
    }
    for (const asked of [mine, theirs]) {
      const before = await fingerprint(admin);
      await run(job, way, asked);
      expect(await fingerprint(admin)).not.toEqual(before);
      count.done += 1;
    }
    smtp.received.length = 0;
  });

  it("a clinic cannot mail in the platform's name: a link to choose a password is never a clinic's to send", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const id = newId();
    await withStaff(
      clinic.owner.ctx,
      (db) =>
        db.$executeRaw`insert into queue.delivery (id, clinic_id, channel, kind, subject, locale)
        values (${id}::uuid, ${clinic.id}::uuid, 'email', 'account-exists', ${JSON.stringify({ userId: other.owner.userId })}::jsonb, 'fr')`,
    );
    const composers: Partial<MailComposers> = {
      "account-exists": async () => ({ to: other.owner.email, values: { path: "/connexion" } }),
    };
    const route = {
      smtpUrl: smtp.url,
      from: "ne-pas-repondre@exemple.quebec",
      origin: "https://chevet.exemple.quebec",
    };
    const job = jobs.find(({ name }) => name === "deliver-mail") as Job;
    const way = { ...(ways["deliver-mail"] as Way), handler: createMailDelivery(route, composers) };
    await run(job, way, { clinicId: clinic.id, payload: { deliveryId: id } });
    const { rows } = await admin.query("select state from queue.delivery where id = $1", [id]);
    expect([smtp.received.length, rows]).toEqual([0, [{ state: "cancelled" }]]);
  });
});
