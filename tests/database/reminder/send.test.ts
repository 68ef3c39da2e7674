import { simpleParser } from "mailparser";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { createLogger } from "#server/logger.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { listMessages } from "#server/reminder/list-messages.ts";
import { resendMessage } from "#server/reminder/resend-message.ts";
import { resumeContact } from "#server/reminder/resume-contact.ts";
import { listMessagesInput } from "#server/reminder/schema.ts";
import { unsubscribe } from "#server/reminder/unsubscribe.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, requestContext, type TestClinic } from "#tests/factories/clinic.ts";
import { mergeNow, partNow } from "#tests/factories/merge.ts";
import { makeSchedule, sit, wallTime } from "#tests/factories/schedule.ts";
import { approve, bookVisit, jobContext, messagesOf, workOff } from "#tests/factories/visit.ts";
import { type MoodySmtp, startMoodySmtp } from "#tests/servers/moody-smtp.ts";

const origin = "https://chevet.exemple.quebec";
const at = "2027-03-02 14:30";
let smtp: MoodySmtp;
const lines: string[] = [];
const log = createLogger({ write: (line: string) => void lines.push(line) }, "debug");

beforeAll(async () => {
  smtp = await startMoodySmtp();
});
afterAll(() => smtp.stop());
beforeEach(() => {
  smtp.mood = "accept";
  smtp.received.length = 0;
});

const sender = () =>
  createMessageSender({ smtpUrl: smtp.url, from: "ne-pas-repondre@exemple.quebec", origin }, undefined);
const send = (clinic: TestClinic, messageId: string) =>
  sender()({ ...jobContext(clinic, newId(), "send-message"), log }, { messageId });

async function scene(person: { email?: string; language?: "fr" | "en" } = {}) {
  const clinic = await makeClinic();
  await approve(database.adminUrl, clinic);
  const place = await makeSchedule(clinic);
  await withStaff(clinic.owner.ctx, (db) =>
    db.location.updateMany({
      where: { clinicId: clinic.id, id: place.locationId },
      data: {
        addressLine: "825, boulevard Lebourgneuf",
        city: "Québec",
        phone: "+14185550142",
        version: { increment: 1 },
      },
    }),
  );
  const email = person.email ?? `zoe.canari.${newId().slice(-6)}@exemple.quebec`;
  const visit = await bookVisit(place, { at }, { ...person, email });
  await workOff(clinic);
  const [confirmation, reminder] = await messagesOf(clinic, visit.appointmentId);
  if (!confirmation || !reminder) throw new Error("nothing was planned");
  // Its time has come, while the visit is still to come.
  await comeTrue(clinic, reminder.id);
  return { clinic, place, email, ...visit, confirmation: confirmation.id, reminder: reminder.id };
}
const comeTrue = (clinic: TestClinic, id: string) =>
  asAdmin(database.adminUrl, (admin) =>
    admin.query(
      "update clinic.visit_message set due_at = now() - interval '1 second' where clinic_id = $1 and id = $2",
      [clinic.id, id],
    ),
  );
/** What such a change plans anew is plan.test.ts's matter: here the reminder whose time has come stays. */
async function quiet({ clinic }: { clinic: TestClinic }, on: boolean) {
  // All day but the minute that has just passed, or never.
  const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
  const from = on ? (minute + 1440 - 300 - 60) % 1440 : 0;
  await withStaff(clinic.owner.ctx, (db) =>
    db.bookingPolicy.createMany({
      data: { clinicId: clinic.id, quietFromMinute: from, quietUntilMinute: on ? (from + 1380) % 1440 : from },
    }),
  );
  await withRelay(
    (db) => db.$executeRaw`delete from queue.outbox where clinic_id = ${clinic.id}::uuid and job = 'plan-clinic'`,
  );
}
const one = async (clinic: TestClinic, id: string) =>
  withStaff(clinic.owner.ctx, (db) => db.visitMessage.findFirstOrThrow({ where: { clinicId: clinic.id, id } }));

describe("a message about a visit", () => {
  test("leaves with a link of its own, whose hash alone is kept, and says clinic, time and way out (AC-62, AC-63)", async () => {
    const { clinic, appointmentId, confirmation, email } = await scene();
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({ status: "sent", attempts: 1, errorCode: null });
    const [mail] = smtp.received;
    expect(mail?.to).toBe(email);
    const read = await simpleParser(mail?.raw ?? "");
    expect(read.subject).toContain(sayWhen(new Date("2027-03-02T19:30:00Z"), "America/Toronto", "fr"));
    expect(read.text).toContain("825, boulevard Lebourgneuf, Québec");
    expect(read.text).toContain("418\u00a0555-0142");
    const token = new RegExp(`${origin}/c/${clinic.slug}/gerer#([A-Za-z0-9_-]{43})`).exec(read.text ?? "")?.[1];
    expect(token).toBeDefined();
    const opened = await asAdmin(database.adminUrl, (admin) =>
      admin.query(
        "select appointment_id, expires_at from clinic.appointment_access where clinic_id = $1 and token_hash = sha256($2)",
        [clinic.id, Buffer.from(token ?? "")],
      ),
    );
    expect(opened.rows).toMatchObject([
      { appointment_id: appointmentId, expires_at: new Date("2027-03-04T20:30:00Z") },
    ]);
    const ics = read.attachments.find(({ filename }) => filename === "rendez-vous.ics")?.content.toString();
    expect(ics).toContain(`UID:${appointmentId}@chevet.exemple.quebec`);
    expect(ics).toContain("DTSTART:20270302T193000Z");
    expect(ics).not.toContain("gerer");
    expect(mail?.raw).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
    expect(mail?.raw).toContain("Auto-Submitted: auto-generated");
    expect(read.text).toContain(`${origin}/c/${clinic.slug}/desabonnement#`);
  });

  test("is in the person's language, French for another", async () => {
    const { clinic, confirmation } = await scene({ language: "en" });
    await send(clinic, confirmation);
    const read = await simpleParser(smtp.received[0]?.raw ?? "");
    expect(read.subject).toMatch(/^Appointment confirmed: Tuesday, March/);
  });

  test("done once is not done again", async () => {
    const { clinic, confirmation } = await scene();
    await send(clinic, confirmation);
    await send(clinic, confirmation);
    expect(smtp.received).toHaveLength(1);
  });

  test("of another clinic is nobody's", async () => {
    const [{ confirmation }, other] = [await scene(), await makeClinic()];
    await send(other, confirmation);
    expect(smtp.received).toHaveLength(0);
  });
});

describe("at the moment of sending everything is looked at again", () => {
  type Scene = Awaited<ReturnType<typeof scene>>;
  const change = (clinic: TestClinic, id: string, data: object) =>
    withStaff(clinic.owner.ctx, (db) =>
      db.appointment.updateMany({ where: { clinicId: clinic.id, id }, data: { ...data, version: { increment: 1 } } }),
    );
  const moveTo = ({ clinic, sittingId }: Scene, wall: string) =>
    withStaff(clinic.owner.ctx, (db) =>
      db.sitting.updateMany({
        where: { clinicId: clinic.id, id: sittingId },
        data: { ...wallTime(wall), version: { increment: 1 } },
      }),
    );
  const away = { status: "cancelled", flow: "none", cancelledAt: new Date(), cancelledBy: "patient" };
  const inMinutes = (minutes: number) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Toronto", dateStyle: "short", timeStyle: "short" }).format(
      new Date(Date.now() + minutes * 60_000),
    );
  /** The reminder is of the time that the visit has now. */
  const follow = (s: Scene) =>
    asAdmin(database.adminUrl, (admin) =>
      admin.query(
        "update clinic.visit_message m set starts_at = s.starts_at from clinic.sitting s where s.clinic_id = m.clinic_id and s.id = $2 and m.clinic_id = $1",
        [s.clinic.id, s.sittingId],
      ),
    );

  test.each<[string, string, (s: Scene) => Promise<unknown>]>([
    ["cancelled", "visit-off", ({ clinic, appointmentId }) => change(clinic, appointmentId, away)],
    ["moved", "visit-moved", (s) => moveTo(s, "2027-03-03 09:00")],
    ["past", "visit-past", (s) => moveTo(s, inMinutes(-60)).then(() => follow(s))],
    ["about to begin", "too-late", (s) => moveTo(s, inMinutes(10)).then(() => follow(s))],
    [
      "begun",
      "visit-begun",
      ({ clinic, appointmentId }) => change(clinic, appointmentId, { status: "arrived", flow: "arrived" }),
    ],
    [
      "confirmed already",
      "already-confirmed",
      ({ clinic, appointmentId }) => change(clinic, appointmentId, { confirmedAt: new Date() }),
    ],
    [
      "of a clinic that the host suspended",
      "not-approved",
      ({ clinic }) =>
        asAdmin(database.adminUrl, (a) =>
          a.query("update host.clinic_registration set status = 'suspended' where clinic_id = $1", [clinic.id]),
        ),
    ],
    [
      "of who asked for no more",
      "unsubscribed",
      async (s) => {
        await send(s.clinic, s.confirmation);
        const token =
          /desabonnement#([\w-]{43})/.exec((await simpleParser(smtp.received[0]?.raw ?? "")).text ?? "")?.[1] ?? "";
        await unsubscribe(requestContext(), { slug: s.clinic.slug, token });
        await workOff(s.clinic);
        smtp.received.length = 0;
      },
    ],
  ])("a reminder of a visit that is %s stays (%s)", async (_, reason, happen) => {
    const s = await scene();
    await quiet(s, false);
    await happen(s);
    await send(s.clinic, s.reminder);
    expect(await one(s.clinic, s.reminder)).toMatchObject({ status: "skipped", reason });
    expect(smtp.received).toHaveLength(0);
  });

  test("of two reminders that are late together, the later leaves", async () => {
    const s = await scene();
    await quiet(s, false);
    await asAdmin(database.adminUrl, (admin) =>
      admin.query(
        `insert into clinic.visit_message (clinic_id, id, appointment_id, kind, channel, starts_at, location_id, before_minutes, made_by, due_at)
         select clinic_id, $3, appointment_id, kind, channel, starts_at, location_id, 120, made_by, due_at + interval '0.5 second' from clinic.visit_message where clinic_id = $1 and id = $2`,
        [s.clinic.id, s.reminder, newId()],
      ),
    );
    await send(s.clinic, s.reminder);
    expect(await one(s.clinic, s.reminder)).toMatchObject({ status: "skipped", reason: "overtaken" });
  });

  test("in the quiet hours a reminder waits for their end by a job of its own; what answers an act leaves", async () => {
    const s = await scene();
    await quiet(s, true);
    await send(s.clinic, s.confirmation);
    expect(smtp.received).toHaveLength(1);
    await send(s.clinic, s.reminder);
    const row = await one(s.clinic, s.reminder);
    expect(row.status).toBe("planned");
    expect(row.dueAt.getTime()).toBeGreaterThan(Date.now());
    const owed = await withRelay(
      (db) => db.$queryRaw<{ run_at: Date }[]>`
        select run_at from queue.outbox where payload ->> 'messageId' = ${s.reminder} order by created_at desc limit 1`,
    );
    expect(owed[0]?.run_at).toEqual(row.dueAt);
    // The job at hand, run again after a crash, finds it put off.
    await send(s.clinic, s.reminder);
    expect(smtp.received).toHaveLength(1);
    expect((await one(s.clinic, s.reminder)).status).toBe("planned");
  });

  test("where there is no address, staff are told, and nothing is tried", async () => {
    const clinic = await makeClinic();
    await approve(database.adminUrl, clinic);
    const { appointmentId } = await bookVisit(await makeSchedule(clinic), { at }, { email: "", phone: "+14185550199" });
    await workOff(clinic);
    const [confirmation] = await messagesOf(clinic, appointmentId);
    await send(clinic, confirmation?.id ?? "");
    expect(await one(clinic, confirmation?.id ?? "")).toMatchObject({ status: "skipped", reason: "no-address" });
  });
});

describe("the ledger says what is known, and never more", () => {
  test.each([
    ["hang-up-at-greeting", "ECONNECTION"],
    ["busy", "SMTP_451"],
    ["hang-up-at-data", "ECONNECTION"],
  ] as const)("%s: it certainly did not arrive, and is tried again", async (mood, code) => {
    const { clinic, confirmation } = await scene();
    smtp.mood = mood;
    await expect(send(clinic, confirmation)).rejects.toMatchObject({ code });
    expect(await one(clinic, confirmation)).toMatchObject({ status: "planned", errorCode: code, settledAt: null });
    smtp.mood = "accept";
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({ status: "sent", attempts: 2 });
  });

  test("no answer to the whole mail: unknown, shown to staff, never sent again by itself, sent again by hand", async () => {
    const { clinic, confirmation } = await scene();
    smtp.mood = "hang-up-before-answer";
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({ status: "unknown", errorCode: "ECONNECTION" });
    smtp.mood = "accept";
    await send(clinic, confirmation);
    expect(smtp.received).toHaveLength(1);
    const { messages } = await listMessages(clinic.owner.ctx, listMessagesInput.parse({}));
    expect(messages).toMatchObject([{ id: confirmation, status: "unknown", mayResend: true, person: "Zoé Canari" }]);
    const again = { id: newId(), messageId: confirmation };
    await Promise.all([resendMessage(clinic.owner.ctx, again), resendMessage(clinic.owner.ctx, again)]);
    await send(clinic, again.id);
    expect(smtp.received).toHaveLength(2);
    expect((await listMessages(clinic.owner.ctx, listMessagesInput.parse({}))).messages).toEqual([]);
  });

  test("killed between its first word and its answer: unknown", async () => {
    const { clinic, confirmation } = await scene();
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update clinic.visit_message set status = 'sending' where clinic_id = $1 and id = $2", [
        clinic.id,
        confirmation,
      ]),
    );
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({ status: "unknown", errorCode: "NoAnswerRecorded" });
    expect(smtp.received).toHaveLength(0);
  });

  test("taken by three workers at once leaves once, and an answer that comes late counts", async () => {
    const { clinic, confirmation } = await scene();
    await Promise.allSettled([send(clinic, confirmation), send(clinic, confirmation), send(clinic, confirmation)]);
    expect(smtp.received).toHaveLength(1);
    expect((await one(clinic, confirmation)).status).toBe("sent");
  });

  test("an address that is refused for good is marked, staff see it, and only a person tries it again", async () => {
    const { clinic, place, confirmation, email } = await scene();
    smtp.mood = "refuse-recipient";
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({ status: "failed", errorCode: "SMTP_550" });
    smtp.mood = "accept";
    const next = await bookVisit(place, { at: "2027-03-09 10:00" }, { email });
    await workOff(clinic);
    const [second] = await messagesOf(clinic, next.appointmentId);
    await send(clinic, second?.id ?? "");
    expect(await one(clinic, second?.id ?? "")).toMatchObject({ status: "skipped", reason: "bouncing" });
    const { messages } = await listMessages(clinic.owner.ctx, listMessagesInput.parse({}));
    expect(messages.map(({ status, reason }) => [status, reason])).toEqual([
      ["skipped", "bouncing"],
      ["failed", ""],
    ]);
    const again = { id: newId(), messageId: second?.id ?? "" };
    await resendMessage(clinic.owner.ctx, again);
    await send(clinic, again.id);
    expect(await one(clinic, again.id)).toMatchObject({ status: "sent" });
    const third = await bookVisit(place, { at: "2027-03-10 10:00" }, { email });
    await workOff(clinic);
    const [last] = await messagesOf(clinic, third.appointmentId);
    await send(clinic, last?.id ?? "");
    expect((await one(clinic, last?.id ?? "")).status).toBe("sent");
  });

  test("a refusal of the content says nothing against the address", async () => {
    const { clinic, confirmation, reminder } = await scene();
    await quiet({ clinic }, false);
    smtp.mood = "refuse-content";
    await send(clinic, confirmation);
    expect((await one(clinic, confirmation)).status).toBe("failed");
    smtp.mood = "accept";
    await send(clinic, reminder);
    expect((await one(clinic, reminder)).status).toBe("sent");
  });

  test("what is on its way, or for who wanted no more, is not sent again by hand either", async () => {
    const { clinic, confirmation, reminder } = await scene();
    await quiet({ clinic }, false);
    const early = resendMessage(clinic.owner.ctx, { id: newId(), messageId: reminder });
    await expect(early).rejects.toMatchObject({ code: "Precondition", key: "reminder.notOver" });
    await send(clinic, confirmation);
    const token =
      /desabonnement#([\w-]{43})/.exec((await simpleParser(smtp.received[0]?.raw ?? "")).text ?? "")?.[1] ?? "";
    await unsubscribe(requestContext(), { slug: clinic.slug, token });
    await unsubscribe(requestContext(), { slug: clinic.slug, token });
    await workOff(clinic);
    await send(clinic, reminder);
    const again = { id: newId(), messageId: reminder };
    await resendMessage(clinic.owner.ctx, again);
    await send(clinic, again.id);
    expect(await one(clinic, again.id)).toMatchObject({ status: "skipped", reason: "unsubscribed" });
    // On the person's own word it begins again.
    await resumeContact(clinic.owner.ctx, { messageId: reminder });
    const third = { id: newId(), messageId: reminder };
    await resendMessage(clinic.owner.ctx, third);
    await send(clinic, third.id);
    expect((await one(clinic, third.id)).status).toBe("sent");
  });

  test("a stranger's token ends nobody's messages, and is answered alike", async () => {
    const [a, b] = [await scene(), await scene()];
    await send(a.clinic, a.confirmation);
    const token =
      /desabonnement#([\w-]{43})/.exec((await simpleParser(smtp.received[0]?.raw ?? "")).text ?? "")?.[1] ?? "";
    await unsubscribe(requestContext(), { slug: b.clinic.slug, token });
    await unsubscribe(requestContext(), { slug: a.clinic.slug, token: "x".repeat(43) });
    expect(await workOff(a.clinic)).toBe(0);
    expect(await workOff(b.clinic)).toBe(0);
  });

  test("leaves no address in the ledger, the queue or the log", async () => {
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.join("")).not.toMatch(/canari|@exemple/);
    const kept = await asAdmin(database.adminUrl, (admin) =>
      admin.query(
        "select v::text from clinic.visit_message v union all select o::text from queue.outbox o union all select c::text from clinic.contact_standing c union all select l::text from queue.contact_link l",
      ),
    );
    expect(JSON.stringify(kept.rows)).not.toMatch(/canari|@exemple/);
  });
});

test("a reminder goes to the record that its visit belongs to: the one that stays once two are one, its own once they are two again", async () => {
  const clinic = await makeClinic();
  await approve(database.adminUrl, clinic);
  const place = await makeSchedule(clinic);
  const { ctx } = clinic.owner;
  await quiet({ clinic }, false);
  const register = (email: string, known: string[] = []) =>
    makePatient(ctx, {
      ...{ familyName: "Tremblay", givenName: "Zoé", birthDate: "1980-02-03", knownDuplicates: known },
      contacts: [{ system: "email", use: "home", value: email }],
    });
  const survivor = await register("reste@personne.example");
  const other = await register("part@personne.example", [survivor.id]);
  const reminders: string[] = [];
  for (const time of ["2027-03-02 10:00", "2027-03-02 14:00"]) {
    const appointmentId = newId();
    await withStaff(ctx, async (db) => {
      const sittingId = await sit(db, place, { at: time });
      const data = { clinicId: clinic.id, id: appointmentId, sittingId, patientId: other.id, source: "staff" };
      await db.appointment.createMany({ data });
    });
    await workOff(clinic);
    reminders.push((await messagesOf(clinic, appointmentId)).find(({ kind }) => kind === "reminder")?.id ?? "");
  }
  const planned = () =>
    withStaff(ctx, (db) => db.visitMessage.count({ where: { clinicId: clinic.id, status: "planned" } }));
  const before = await planned();
  const leave = async (reminder: string | undefined) => {
    await workOff(clinic);
    await comeTrue(clinic, reminder ?? "");
    await send(clinic, reminder ?? "");
    return simpleParser(smtp.received.at(-1)?.raw ?? "").then(({ to }) => [to ?? []].flat().map(({ text }) => text));
  };
  const merge = {
    ...{ id: newId(), survivorId: survivor.id, survivorVersion: survivor.version, mergedId: other.id },
    ...{ mergedVersion: other.version, reason: "Inscrit deux fois" },
  };
  await mergeNow(clinic, merge);
  expect(await leave(reminders[0])).toEqual(["reste@personne.example"]);
  await partNow(clinic, { id: merge.id, version: 2 });
  expect(await leave(reminders[1])).toEqual(["part@personne.example"]);
  // Nothing was planned twice on the way.
  expect(await planned()).toBe(before - 2);
  expect(smtp.received).toHaveLength(2);
});

test("the list is paged, names nobody whom a patient's restriction hides, and is for those who read the agenda", async () => {
  const s = await scene();
  const { clinic, appointmentId } = s;
  const ask = (ctx: typeof clinic.owner.ctx, input: object) => listMessages(ctx, listMessagesInput.parse(input));
  const first = await ask(clinic.owner.ctx, { show: "all", most: 1 });
  const second = await ask(clinic.owner.ctx, { show: "all", most: 1, after: first.next });
  const kinds = [first, second].flatMap(({ messages }) => messages.map(({ kind }) => kind));
  expect(kinds.sort()).toEqual(["confirmation", "reminder"]);
  expect(second.next).toBeNull();

  const [assistant, patientId] = [await makeMember(clinic, "assistant"), newId()];
  await withStaff(clinic.owner.ctx, async (db) => {
    const [clinicId, authorId] = [clinic.id, clinic.owner.userId];
    await db.patient.createMany({
      data: {
        clinicId,
        id: patientId,
        patientId,
        authorId,
        fileNumber: "P-1",
        familyName: "Canari",
        givenName: "Zoé",
        searchText: "canari zoe",
      },
    });
    await db.appointment.updateMany({
      where: { clinicId, id: appointmentId },
      data: { patientId, version: { increment: 1 } },
    });
    await db.restriction.createMany({
      data: {
        clinicId,
        id: newId(),
        patientId,
        authorId,
        category: "*",
        userId: assistant.userId,
        signedOn: new Date("2027-01-01"),
      },
    });
  });
  expect((await ask(clinic.owner.ctx, { show: "all" })).messages[0]).toMatchObject({ person: "Zoé Canari" });
  const hidden = (await ask(assistant.ctx, { show: "all" })).messages[0];
  expect(hidden).toMatchObject({ person: null, mayResend: false });
  const resent = resendMessage(assistant.ctx, { id: newId(), messageId: s.confirmation });
  await expect(resent).rejects.toMatchObject({ code: "NotFound" });

  const officer = await makeMember(clinic, "privacy_officer");
  await expect(ask(officer.ctx, {})).rejects.toMatchObject({ code: "Forbidden" });
});
