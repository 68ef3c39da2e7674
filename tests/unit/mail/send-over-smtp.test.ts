import { afterEach, beforeEach, expect, test } from "vitest";
import { sendOverSmtp } from "#server/mail/send-over-smtp.ts";
import { type MoodySmtp, startMoodySmtp } from "#tests/servers/moody-smtp.ts";

/** Connections are shared by mails that follow each other, and what is known of each mail stays as exact as with one of its own. */

let smtp: MoodySmtp;
beforeEach(async () => {
  smtp = await startMoodySmtp();
});
afterEach(() => smtp.stop());

const envelope = { from: "a@exemple.quebec", to: "b@exemple.quebec" };
const send = (n: number) => sendOverSmtp(smtp.url, envelope, Buffer.from(`Message-ID: <${n}>\r\n\r\nx`));
const arrived = () => smtp.received.map(({ messageId }) => messageId);

test("mails that follow each other share a connection, and those at once do not wait for it", async () => {
  for (const n of [1, 2, 3]) expect(await send(n)).toEqual({ state: "sent" });
  expect(smtp.opened).toBe(1);
  const states = await Promise.all([4, 5, 6].map(send));
  expect(states.map(({ state }) => state)).toEqual(["sent", "sent", "sent"]);
  expect(smtp.opened).toBe(3);
  expect(arrived().sort()).toEqual(["<1>", "<2>", "<3>", "<4>", "<5>", "<6>"]);
});

test("a shared connection that the server ends before the mail is out costs nothing but another", async () => {
  await send(1);
  smtp.mood = "hang-up-at-greeting";
  expect((await send(2)).state).toBe("failed");
  smtp.mood = "accept";
  expect(await send(2)).toEqual({ state: "sent" });
  expect(arrived()).toEqual(["<1>", "<2>"]);
});

test("one that ends after the whole mail leaves it unknown, and it is not sent again", async () => {
  await send(1);
  smtp.mood = "hang-up-before-answer";
  expect((await send(2)).state).toBe("unknown");
  expect(arrived()).toEqual(["<1>", "<2>"]);
});

test("a mail that is refused ends its connection, and the next one goes", async () => {
  await send(1);
  smtp.mood = "refuse-recipient";
  expect(await send(2)).toMatchObject({ state: "refused", aboutAddress: true });
  smtp.mood = "accept";
  expect(await send(3)).toEqual({ state: "sent" });
  expect(arrived()).toEqual(["<1>", "<3>"]);
});
