import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { createLogger } from "#server/logger.ts";
import type { MailComposers } from "#server/mail/compose-mail.ts";
import { createMailDelivery } from "#server/mail/deliver-mail.ts";
import { startSending } from "#server/mail/delivery-ledger.ts";
import { sendOverSmtp } from "#server/mail/send-over-smtp.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { type Mood, type MoodySmtp, startMoodySmtp } from "#tests/servers/moody-smtp.ts";

const address = "zoe.canari@exemple.quebec";
const lines: string[] = [];
const log = createLogger({ write: (line: string) => void lines.push(line) }, "debug");
let smtp: MoodySmtp;

beforeAll(async () => {
  smtp = await startMoodySmtp();
});
afterAll(() => smtp.stop());
beforeEach(() => {
  smtp.received.length = 0;
});

interface Row {
  state: string;
  attempts: number;
  error_code: string | null;
  message_id: string | null;
  settled_at: Date | null;
}

const row = (id: string): Promise<Row> =>
  asAdmin(
    database.adminUrl,
    async (admin) => (await admin.query("select * from queue.delivery where id = $1", [id])).rows[0],
  );

async function post(): Promise<string> {
  const id = newId();
  await asAdmin(database.adminUrl, (admin) =>
    admin.query(
      "insert into queue.delivery (id, channel, kind, subject, locale) values ($1, 'email', 'account-exists', $2, 'fr')",
      [id, JSON.stringify({ userId: newId() })],
    ),
  );
  return id;
}

function delivery(
  composers: Partial<MailComposers> = { "account-exists": async () => ({ to: address, values: { path: "/entrer" } }) },
) {
  const route = { smtpUrl: smtp.url, from: "ne-pas-repondre@exemple.quebec", origin: "https://chevet.exemple.quebec" };
  const deliver = createMailDelivery(route, composers);
  return (deliveryId: string) =>
    deliver({ requestId: newId(), job: "deliver-mail", clinicId: null, log }, { deliveryId });
}

describe("the delivery of one mail", () => {
  test("is written down before, and settled after", async () => {
    smtp.mood = "accept";
    const id = await post();
    await delivery()(id);
    expect(await row(id)).toMatchObject({
      state: "sent",
      attempts: 1,
      error_code: null,
      message_id: `<${id}@chevet.exemple.quebec>`,
    });
    expect(smtp.received).toHaveLength(1);
    const [mail] = smtp.received;
    expect(mail).toMatchObject({ to: address, messageId: `<${id}@chevet.exemple.quebec>` });
    expect(mail?.raw).toContain("Auto-Submitted: auto-generated");
    expect(mail?.raw).toMatch(/Content-Type: text\/plain[\s\S]*Content-Type: text\/html/);
  });

  test("done once is not done again", async () => {
    smtp.mood = "accept";
    const id = await post();
    await delivery()(id);
    await delivery()(id);
    expect(smtp.received).toHaveLength(1);
  });

  const definite: [Mood, string, string][] = [
    ["hang-up-at-greeting", "pending", "ECONNECTION"],
    ["busy", "pending", "SMTP_451"],
    ["hang-up-at-data", "pending", "ECONNECTION"],
    ["refuse-sender", "pending", "SMTP_550"],
  ];
  test.each(definite)(
    "when the server could not have got it (%s), is tried again under the same Message-ID",
    async (mood, state, code) => {
      smtp.mood = mood;
      const id = await post();
      await expect(delivery()(id)).rejects.toMatchObject({ code });
      expect(await row(id)).toMatchObject({ state, error_code: code, settled_at: null });
      smtp.mood = "accept";
      await delivery()(id);
      expect(await row(id)).toMatchObject({ state: "sent", attempts: 2 });
      expect(smtp.received.map((mail) => mail.messageId)).toEqual([`<${id}@chevet.exemple.quebec>`]);
    },
  );

  test("when nobody listens, is tried again", async () => {
    const id = await post();
    const route = { smtpUrl: "smtp://127.0.0.1:1", from: "a@exemple.quebec", origin: "https://chevet.exemple.quebec" };
    const composers: Partial<MailComposers> = {
      "account-exists": async () => ({ to: address, values: { path: "/entrer" } }),
    };
    const once = createMailDelivery(route, composers)(
      { requestId: newId(), job: "deliver-mail", clinicId: null, log },
      { deliveryId: id },
    );
    await expect(once).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(await row(id)).toMatchObject({ state: "pending" });
  });

  test.each<[Mood, string]>([
    ["refuse-recipient", "SMTP_550"],
    ["refuse-content", "SMTP_554"],
  ])("when the server says no for good (%s), has failed", async (mood, code) => {
    smtp.mood = mood;
    const id = await post();
    await delivery()(id);
    expect(await row(id)).toMatchObject({ state: "failed", error_code: code });
    smtp.mood = "accept";
    await delivery()(id);
    expect(smtp.received.filter((mail) => mail.messageId.includes(id)).length).toBeLessThanOrEqual(1);
    expect((await row(id)).state).toBe("failed");
  });

  test("when the answer never comes, is unknown, and never sent again", async () => {
    smtp.mood = "hang-up-before-answer";
    const id = await post();
    await delivery()(id);
    expect(await row(id)).toMatchObject({ state: "unknown", error_code: "ECONNECTION" });
    smtp.mood = "accept";
    await delivery()(id);
    expect(smtp.received).toHaveLength(1);
  });

  test("found half done by another process is unknown", async () => {
    smtp.mood = "accept";
    const id = await post();
    expect(await startSending(id, `<${id}@chevet.exemple.quebec>`)).toBe(true);
    await delivery()(id);
    expect(await row(id)).toMatchObject({ state: "unknown", error_code: "NoAnswerRecorded" });
    expect(smtp.received).toHaveLength(0);
  });

  test("taken by two workers at once leaves once", async () => {
    smtp.mood = "accept";
    const id = await post();
    await Promise.allSettled([delivery()(id), delivery()(id), delivery()(id)]);
    expect(smtp.received).toHaveLength(1);
    expect(["sent", "unknown"]).toContain((await row(id)).state);
  });

  test("begun by another worker stays owed until that one has written down how it ended", async () => {
    smtp.mood = "hold-answer";
    const id = await post();
    let go = () => {};
    const began = new Promise<void>((resolve) => {
      go = resolve;
    });
    // Both have opened the delivery before either says its first word, as when the queue takes a slow worker for dead.
    const second = delivery({
      "account-exists": async () => {
        await began;
        return { to: address, values: { path: "/entrer" } };
      },
    })(id);
    const held = smtp.heldMail();
    const first = delivery()(id);
    const mail = await held;
    go();
    await expect(second).rejects.toMatchObject({ name: "TakenElsewhere" });
    expect(await row(id)).toMatchObject({ state: "sending" });
    mail.answer("250 kept");
    await first;
    expect(await row(id)).toMatchObject({ state: "sent" });
    await delivery()(id);
    expect(smtp.received).toHaveLength(1);
  });

  test("that is no longer wanted is cancelled", async () => {
    const id = await post();
    await delivery({ "account-exists": async () => null })(id);
    expect(await row(id)).toMatchObject({ state: "cancelled", message_id: null });
    expect(smtp.received).toHaveLength(0);
  });

  test("asks its composer again for each try, before anything is written down as sending", async () => {
    smtp.mood = "busy";
    const id = await post();
    const seen: string[] = [];
    const compose = vi.fn(async () => {
      seen.push((await row(id)).state);
      return { to: address, values: { path: "/entrer" } };
    });
    await expect(delivery({ "account-exists": compose })(id)).rejects.toThrow();
    smtp.mood = "accept";
    await delivery({ "account-exists": compose })(id);
    expect(seen).toEqual(["pending", "pending"]);
  });

  test("leaves no address in the ledger or the log", async () => {
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.join("")).not.toContain("canari");
    const everything = await withRelay((db) => db.$queryRaw`select d::text from queue.delivery d`);
    expect(JSON.stringify(everything)).not.toContain("canari");
  });
});

test("outside this machine a mail never travels in the clear", async () => {
  // 127.0.0.2 is this machine too, but not by the name that is excused: TLS is asked for, the server has none, nothing is sent.
  const elsewhere = await startMoodySmtp("accept", "127.0.0.2");
  const envelope = { from: "a@exemple.quebec", to: address };
  const outcome = await sendOverSmtp(elsewhere.url, envelope, Buffer.from("Subject: x\r\n\r\nx"));
  expect(outcome.state).toBe("failed");
  expect(elsewhere.received).toHaveLength(0);
  await elsewhere.stop();
});
