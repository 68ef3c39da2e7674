import { expect, test } from "vitest";
import { readBounce } from "#server/mail/read-bounce.ts";
import { exchange, global, gmail, holidays, mixed, postfix, qmail } from "#tests/factories/bounce.ts";

test.each([
  ["Postfix", postfix(), "5.1.1"],
  ["Postfix that gave up after days", postfix({ status: "4.4.1", diagnostic: "smtp; connection timed out" }), "4.4.1"],
  ["Exchange, whose diagnostic says more than its status", exchange, "5.1.10"],
  ["Gmail", gmail, "5.2.2"],
  ["an internationalized report", global, "5.1.3"],
  ["qmail", qmail, "5.1.1"],
  ["one of two recipients", mixed, "5.1.1"],
  ["a status that is none", postfix({ status: "oops", diagnostic: "smtp; no" }), "5.0.0"],
])("%s: a mail that did not arrive", async (_, raw, status) => {
  expect(await readBounce(raw)).toEqual({ status });
});

test.each([
  ["a delay", postfix({ action: "delayed", status: "4.4.1" })],
  ["a delivery", postfix({ action: "delivered", status: "2.1.5" })],
  ["a relay", postfix({ action: "relayed", status: "2.1.9" })],
  ["a holiday", holidays[0]],
  ["an answer", holidays[1]],
  ["nothing", Buffer.alloc(0)],
  ["noise", Buffer.from(Array.from({ length: 4096 }, (__, n) => (n * 7919) % 256))],
])("%s is no report of non-delivery", async (_, raw) => {
  expect(await readBounce(raw as Buffer)).toBeNull();
});
