import { lookup } from "node:dns/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { changeWording } from "#server/reminder/change-wording.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { createTextFollower } from "#server/reminder/follow-sent-text.ts";
import { readStops } from "#server/reminder/read-stops.ts";
import { changeWordingInput } from "#server/reminder/schema.ts";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { createSwiftDriver } from "#server/sms/swift-driver.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { approve, bookVisit, jobContext, messagesOf, workOff } from "#tests/factories/visit.ts";
import { startSwift, type TestGateway } from "#tests/servers/sms-gateways.ts";

let swift: TestGateway;
let carrier: SmsDriver;

beforeAll(async () => {
  swift = await startSwift("cle");
  const network = {
    resolve: (host: string) => lookup(host, { all: true }),
    allowPrivate: new Set([`127.0.0.1:${swift.port}`]),
  };
  carrier = createSwiftDriver({ apiUrl: swift.url, accountKey: "cle" }, { network });
});
afterAll(() => swift.close());
beforeEach(() => {
  swift.mood = "accept";
  swift.taken.length = 0;
});

const number = () => `+1418555${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`;
const send = (clinic: TestClinic, messageId: string) =>
  createMessageSender(
    { smtpUrl: "smtp://127.0.0.1:1", from: "a@exemple.quebec", origin: "https://chevet.exemple.quebec" },
    carrier,
  )(jobContext(clinic, newId(), "send-message"), { messageId });
const one = (clinic: TestClinic, id: string) =>
  withStaff(clinic.owner.ctx, (db) => db.visitMessage.findFirstOrThrow({ where: { clinicId: clinic.id, id } }));

/** A clinic that switched text messages on, without quiet hours, and a visit of somebody who gave a number alone. */
async function scene(phone = number(), { texts = true, on = true } = {}) {
  const clinic = await makeClinic();
  await approve(database.adminUrl, clinic);
  await withStaff(clinic.owner.ctx, async (db) => {
    await db.bookingPolicy.createMany({ data: { clinicId: clinic.id, quietFromMinute: 0, quietUntilMinute: 0 } });
    if (on)
      await db.integration.createMany({
        data: { clinicId: clinic.id, id: newId(), code: "sms", enabled: true, outsideQuebec: false },
      });
  });
  const place = await makeSchedule(clinic);
  await workOff(clinic);
  const visit = await bookVisit(place, { at: "2027-03-02 14:30" }, { email: "", phone, texts });
  await workOff(clinic);
  const [confirmation] = await messagesOf(clinic, visit.appointmentId);
  return { clinic, place, phone, ...visit, confirmation: confirmation?.id ?? "" };
}

describe("a text message about a visit", () => {
  test("goes to a number that was given for it, in one piece or two, with the carrier's own id", async () => {
    const { clinic, confirmation, phone } = await scene();
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({
      status: "sent",
      channel: "sms",
      segments: 2,
      providerId: "42476881",
    });
    expect(swift.taken[0]).toMatchObject({ to: phone.slice(1), reference: confirmation });
    expect(swift.taken[0]?.text).toMatch(
      /^Clinique \w+ : rendez-vous inscrit, mar\. 2 mars, 14 h 30\..+STOP pour ne plus en recevoir\.$/,
    );
  });

  test.each([
    ["of who did not choose text messages", { texts: false }, "no-consent"],
    ["of a clinic that has not switched them on", { on: false }, "no-address"],
  ])("does not go to the number %s", async (_, shape, reason) => {
    const { clinic, confirmation } = await scene(number(), shape);
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({ status: "skipped", reason });
    expect(swift.taken).toHaveLength(0);
  });

  test("does not exist where the host has no carrier", async () => {
    const { clinic, confirmation } = await scene();
    await createMessageSender(
      { smtpUrl: "smtp://127.0.0.1:1", from: "a@exemple.quebec", origin: "https://chevet.exemple.quebec" },
      undefined,
    )(jobContext(clinic, newId(), "send-message"), { messageId: confirmation });
    expect(await one(clinic, confirmation)).toMatchObject({ status: "skipped", reason: "no-address" });
  });

  test("whose answer never came is unknown, is not sent again, and may become known from the carrier", async () => {
    const { clinic, confirmation } = await scene();
    swift.mood = "hang-up";
    await send(clinic, confirmation);
    expect((await one(clinic, confirmation)).status).toBe("unknown");
    swift.mood = "accept";
    await send(clinic, confirmation);
    expect(swift.taken).toHaveLength(1);
    swift.fates.set(confirmation, "Success");
    const [job] = await withRelay(
      (db) =>
        db.$queryRaw<
          { id: string }[]
        >`select id from queue.outbox where job = 'follow-text' and payload ->> 'messageId' = ${confirmation}`,
    );
    await createTextFollower(carrier)(jobContext(clinic, job?.id ?? "", "follow-text"), { messageId: confirmation });
    expect((await one(clinic, confirmation)).status).toBe("delivered");
  });

  test("to a number that the carrier refuses marks it, as a bounce does", async () => {
    const { clinic, place, confirmation, phone } = await scene();
    swift.mood = "refuse-number";
    await send(clinic, confirmation);
    expect(await one(clinic, confirmation)).toMatchObject({ status: "failed", errorCode: "InvalidNumber" });
    swift.mood = "accept";
    const next = await bookVisit(place, { at: "2027-03-09 10:00" }, { email: "", phone, texts: true });
    await workOff(clinic);
    const [second] = await messagesOf(clinic, next.appointmentId);
    await send(clinic, second?.id ?? "");
    expect(await one(clinic, second?.id ?? "")).toMatchObject({ status: "skipped", reason: "bouncing" });
  });
});

describe("STOP", () => {
  test("ends the messages of every clinic that wrote to the number, once, and of nobody else", async () => {
    const phone = number();
    const [a, b, other] = [await scene(phone), await scene(phone), await scene()];
    for (const { clinic, confirmation } of [a, b, other]) await send(clinic, confirmation);
    swift.replies.push(
      { id: 101, from: phone.slice(1), text: "Merci!" },
      { id: 102, from: phone.slice(2), text: "Arrêt" },
    );
    expect(await readStops(carrier)).toBe(1);
    expect(await readStops(carrier)).toBe(0);
    for (const { clinic } of [a, b, other]) await workOff(clinic);
    for (const [{ clinic, place }, expected] of [
      [a, "skipped"],
      [b, "skipped"],
      [other, "sent"],
    ] as const) {
      const next = await bookVisit(
        place,
        { at: "2027-03-09 10:00" },
        { email: "", phone: clinic === other.clinic ? other.phone : phone, texts: true },
      );
      await workOff(clinic);
      const [message] = await messagesOf(clinic, next.appointmentId);
      await send(clinic, message?.id ?? "");
      expect(await one(clinic, message?.id ?? "")).toMatchObject({
        status: expected,
        reason: expected === "sent" ? "" : "unsubscribed",
      });
    }
    const journal = await withStaff(a.clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({ where: { clinicId: a.clinic.id, event: "contact.withdrawn" } }),
    );
    expect(journal).toHaveLength(1);
  });

  test("read again from the carrier, it does not undo what the person decided since", async () => {
    swift.replies.length = 0;
    const s = await scene();
    await send(s.clinic, s.confirmation);
    swift.replies.push({ id: 103, from: s.phone.slice(1), text: "STOP" });
    const again = { ...carrier, replies: async () => carrier.replies?.(null) ?? [] };
    expect(await readStops(again)).toBe(1);
    expect(await readStops(again)).toBe(0);
  });
});

describe("the clinic's own words", () => {
  const input = (more: object) =>
    changeWordingInput.parse({
      kind: "reminder",
      channel: "sms",
      locale: "fr",
      subject: "",
      body: "{clinique} : à bientôt, {quand}. {lien}",
      version: null,
      ...more,
    });

  test("are what leaves", async () => {
    const { clinic, confirmation } = await scene();
    await changeWording(clinic.owner.ctx, input({ kind: "confirmation" }));
    await send(clinic, confirmation);
    expect(swift.taken[0]?.text).toMatch(/ : à bientot, mar\. 2 mars, 14 h 30\. https:/);
  });

  test.each([
    [
      "a word of what the visit is for",
      { body: "{clinique} : votre détartrage. {lien}" },
      { body: "reminder.forbiddenWord" },
    ],
    ["a field that does not exist", { body: "{motif} {lien}" }, { body: "reminder.unknownField" }],
    ["no link", { body: "{clinique} : à bientôt" }, { body: "reminder.linkNeeded" }],
    ["a mail without a subject", { channel: "email" }, { subject: "required" }],
  ])("are refused with %s, beside the field", async (_, more, fields) => {
    const clinic = await makeClinic();
    await expect(changeWording(clinic.owner.ctx, input(more))).rejects.toMatchObject({ code: "Invalid", fields });
  });

  test("are written on top of what was read, or not at all; empty, ours hold again", async () => {
    const clinic = await makeClinic();
    expect(await changeWording(clinic.owner.ctx, input({}))).toEqual({ version: 1 });
    expect(await changeWording(clinic.owner.ctx, input({ body: "", version: 1 }))).toEqual({ version: 2 });
    await expect(changeWording(clinic.owner.ctx, input({ version: 1 }))).rejects.toMatchObject({ key: "stale" });
  });
});
