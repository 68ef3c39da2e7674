import { connect, type Socket } from "node:net";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { createMailDelivery } from "#server/mail/deliver-mail.ts";
import { returnAddress, returnedId } from "#server/mail/return-address.ts";
import { serveReturns } from "#server/mail/serve-returns.ts";
import { createMessageSender } from "#server/reminder/create-message-sender.ts";
import { noteBounced } from "#server/reminder/note-bounce.ts";
import { composeWaitlistJoined } from "#server/waitlist/compose-joined.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { holidays, postfix, qmail } from "#tests/factories/bounce.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { bookVisit, jobContext, messagesOf, silentLog, workOff } from "#tests/factories/visit.ts";
import { joinOnPage } from "#tests/factories/waitlist.ts";
import { type MoodySmtp, startMoodySmtp } from "#tests/servers/moody-smtp.ts";

/** Mails that were taken, and come back later to their own return address: over LMTP, as a mail server hands them over. */

const returnTo = "retour@courriel.exemple.quebec";
let place: TestSchedule;
let smtp: MoodySmtp;
let returns: Awaited<ReturnType<typeof serveReturns>>;

beforeAll(async () => {
  smtp = await startMoodySmtp();
  place = await makeBookableClinic({ practitioners: 3 });
  returns = await serveReturns({ host: "127.0.0.1", port: 0, returnTo }, await openPlatformKey(), silentLog);
});
beforeEach(() => {
  smtp.received.length = 0;
});
afterAll(async () => {
  await returns.stop();
  await smtp.stop();
  await closeDatabases();
});

const route = () => ({
  smtpUrl: smtp.url,
  from: "ne-pas-repondre@exemple.quebec",
  returnTo,
  origin: "https://chevet.exemple.quebec",
});
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

/** Hands one mail over, as Postfix does. @returns the answer's code, 250 when it was taken */
function handOver(to: string, raw: Buffer): Promise<number> {
  const line = new SMTPConnection({ host: "127.0.0.1", port: returns.port, lmtp: true, ignoreTLS: true } as never);
  return new Promise((resolve, reject) => {
    line.on("error", reject);
    line.connect(() => {
      line.send({ from: "", to }, raw, (error, info) => {
        line.close();
        // LMTP answers for each recipient: at its name, or after the mail.
        const refused = (error ?? info?.rejectedErrors?.[0]) as { responseCode?: number } | undefined;
        if (refused && !refused.responseCode) reject(refused);
        else resolve(refused?.responseCode ?? 250);
      });
    });
  });
}

let day = Date.parse("2027-03-01T00:00:00Z");
/** A confirmation that left, to an address of its own unless said. @returns where it would come back to */
async function sent(email = `${newId().slice(-8)}@exemple.quebec`) {
  day += 86_400_000;
  const at = `${new Date(day).toISOString().slice(0, 10)} 09:00`;
  const { appointmentId } = await bookVisit(place, { at }, { email });
  await workOff(place.clinic);
  const [message] = await messagesOf(place.clinic, appointmentId);
  const id = message?.id ?? "";
  await createMessageSender(route(), undefined)(jobContext(place.clinic, newId(), "send-message"), { messageId: id });
  return { id, email, appointmentId, returnsTo: smtp.received.at(-1)?.from ?? "" };
}

/** Does what the worker owes for what came back. */
async function settle(): Promise<number> {
  const owed = await withRelay(
    (db) => db.$queryRaw<{ id: string; payload: { returnId: string } }[]>`
      select id, payload from queue.outbox where clinic_id = ${place.clinic.id}::uuid and job = 'note-bounce'`,
  );
  for (const { id, payload } of owed) await noteBounced(jobContext(place.clinic, id, "note-bounce"), payload);
  return owed.length;
}
const messageOf = (id: string) =>
  withStaff(place.clinic.owner.ctx, (db) =>
    db.visitMessage.findFirstOrThrow({ where: { clinicId: place.clinic.id, id } }),
  );

test("each send has a return address of its own, which no other key makes", async () => {
  const [one, other] = [await sent(), await sent()];
  expect(one.returnsTo).not.toBe(other.returnsTo);
  expect(one.returnsTo).toMatch(/^retour\+[0-9a-f]{52}@courriel\.exemple\.quebec$/);
  const key = await openPlatformKey();
  expect(returnedId(returnTo, key, one.returnsTo.toUpperCase())).toBe(one.id);
  expect(smtp.received[0]?.raw).toMatch(/^From: .*<ne-pas-repondre@exemple\.quebec>$/m);
  const longest = returnAddress("retours-ici@exemple.quebec", key, newId());
  expect(longest.split("@")[0]?.length).toBe(64);
});

test("a mail that comes back is said to have, and nothing more is planned to that address until somebody says so", async () => {
  const { id, email, appointmentId, returnsTo } = await sent();
  expect(await handOver(returnsTo, postfix({ to: returnsTo }))).toBe(250);
  // Reported again by another server on the way.
  expect(await handOver(returnsTo, qmail)).toBe(250);
  expect(await settle()).toBe(1);
  expect(await settle()).toBe(0);
  expect(await messageOf(id)).toMatchObject({ status: "bounced", errorCode: "DSN_5.1.1" });
  const { reminder } = callerOf(place.clinic.owner, place.clinic);
  const [shown] = (await reminder.messages({ show: "attention" })).messages.filter((one) => one.id === id);
  expect(shown).toMatchObject({ status: "bounced", mayResend: true, mayResume: true });
  // Its reminder, and a visit of whoever else gave the same address.
  const again = await sent(email);
  expect(await messageOf(again.id)).toMatchObject({ status: "skipped", reason: "bouncing" });
  await reminder.resumeContact({ messageId: id });
  const third = await sent(email);
  expect(await messageOf(third.id)).toMatchObject({ status: "sent" });
  expect(appointmentId).not.toBe("");
});

test("what is not the address's fault comes back, and the address stays good", async () => {
  for (const status of ["5.2.2", "5.7.1", "4.4.1"]) {
    const { id, email, returnsTo } = await sent();
    await handOver(returnsTo, postfix({ status, diagnostic: `smtp; 550 ${status} no` }));
    await settle();
    expect(await messageOf(id)).toMatchObject({ status: "bounced", errorCode: `DSN_${status}` });
    const again = await sent(email);
    expect(await messageOf(again.id)).toMatchObject({ status: "sent" });
  }
});

test("a delay, a holiday and an answer change nothing", async () => {
  const { id, returnsTo } = await sent();
  for (const raw of [postfix({ action: "delayed", status: "4.4.1" }), ...holidays])
    expect(await handOver(returnsTo, raw)).toBe(250);
  expect(await settle()).toBe(0);
  expect(await messageOf(id)).toMatchObject({ status: "sent" });
});

test("a forged, altered or foreign address is refused before the mail is heard", async () => {
  const { id, returnsTo } = await sent();
  const [name = "", domain] = returnsTo.split("@");
  const flipped = `${name.slice(0, -1)}${name.endsWith("0") ? "1" : "0"}`;
  const bare = `retour+${id.replaceAll("-", "")}${"0".repeat(20)}`;
  const other = name.replace(/\+[0-9a-f]{32}/, `+${newId().replaceAll("-", "")}`);
  for (const address of [flipped, bare, other, "retour", name.slice(0, -2), `${name}00`])
    expect(await handOver(`${address}@${domain}`, postfix())).toBe(550);
  expect(await handOver(`${name}@ailleurs.example`, postfix())).toBe(550);
  // Well made, of a send that nobody remembers.
  expect(await handOver(returnAddress(returnTo, await openPlatformKey(), newId()), postfix())).toBe(250);
  expect(await settle()).toBe(0);
  expect(await messageOf(id)).toMatchObject({ status: "sent" });
});

test("what is larger than any report is refused, and the next is heard", async () => {
  const { id, returnsTo } = await sent();
  const large = Buffer.concat([postfix(), Buffer.alloc(600 * 1024, "x\r\n")]);
  expect(await handOver(returnsTo, large)).toBe(552);
  expect(await handOver(returnsTo, postfix())).toBe(250);
  await settle();
  expect(await messageOf(id)).toMatchObject({ status: "bounced" });
});

test("who goes away in the middle of a report, or says it a letter at a time, holds no place and writes nothing", async () => {
  const { id, returnsTo } = await sent();
  const slow = await serveReturns({ host: "127.0.0.1", port: 0, returnTo }, await openPlatformKey(), silentLog, 400);
  const begin = `LHLO relais\r\nMAIL FROM:<>\r\nRCPT TO:<${returnsTo}>\r\nDATA\r\n`;
  const talk = async (port: number, meanwhile: (socket: Socket) => void) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    let heard = "";
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("data", (bytes) => {
      const before = heard.includes("354");
      heard += bytes;
      if (!before && heard.includes("354")) meanwhile(socket);
    });
    // Word by word: whatever is said together before an answer was asked for is not what a mail server does.
    socket.once("data", () => socket.write(begin));
    await closed;
    return heard;
  };
  const half = postfix().subarray(0, -40);
  expect(await talk(returns.port, (socket) => socket.write(half, () => socket.destroy()))).toContain("354");
  const drip = (socket: Socket) => {
    socket.write(half);
    const timer = setInterval(() => socket.write("x"), 50);
    socket.once("close", () => clearInterval(timer));
  };
  expect(await talk(slow.port, drip)).toContain("354");
  await slow.stop();
  expect(await settle()).toBe(0);
  expect(await messageOf(id)).toMatchObject({ status: "sent" });
  expect(await handOver(returnsTo, postfix())).toBe(250);
});

test("a delivery's mail comes back too: the ledger says so, and its address is written to no more", async () => {
  await joinOnPage(place);
  const [delivery] = await sql<{ id: string }>(
    "select id from queue.delivery where clinic_id = $1 and kind = 'waitlist-joined' order by id desc limit 1",
    place.clinic.id,
  );
  const deliveryId = delivery?.id ?? "";
  const deliver = createMailDelivery(route(), { "waitlist-joined": composeWaitlistJoined });
  await deliver({ requestId: newId(), job: "deliver-mail", clinicId: place.clinic.id, log: silentLog }, { deliveryId });
  const returnsTo = smtp.received.at(-1)?.from ?? "";
  expect(await handOver(returnsTo, postfix())).toBe(250);
  await settle();
  const rows = await sql(
    `select d.state, d.error_code, s.bounce_code from queue.delivery d join queue.return_path p using (id)
     join clinic.contact_standing s on s.id = p.standing_id where d.id = $1`,
    deliveryId,
  );
  expect(rows).toEqual([{ state: "bounced", error_code: "DSN_5.1.1", bounce_code: "DSN_5.1.1" }]);
});

test("an answer that is written down after the mail came back does not undo it", async () => {
  smtp.mood = "hold-answer";
  const held = smtp.heldMail();
  const sending = sent();
  const mail = await held;
  expect(await handOver(mail.from, postfix())).toBe(250);
  await settle();
  mail.answer("250 kept");
  smtp.mood = "accept";
  const { id } = await sending;
  expect(await messageOf(id)).toMatchObject({ status: "bounced" });
});
