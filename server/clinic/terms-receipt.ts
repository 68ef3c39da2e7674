import { createHmac, timingSafeEqual } from "node:crypto";
import { needEnv } from "#server/env.ts";
import { termsVersion } from "./terms.ts";

/** A draft lives seven days in the browser, and so does the proof that its French terms were shown. */
const lifeMs = 7 * 86_400_000;

const mark = (shownAt: number) =>
  createHmac("sha256", needEnv("CHEVET_SECRET_STAFF")).update(`terms:${termsVersion}:${shownAt}`).digest("base64url");

/** Given with the French terms: the instant they were shown, in a form that only this site can write. */
export function issueReceipt(now = Date.now()): string {
  return `${now}.${mark(now)}`;
}

/** When the French terms of today's version were shown; undefined for anything that we did not write, or too old. */
export function readReceipt(receipt: string, now = Date.now()): Date | undefined {
  const [at = "", given = ""] = receipt.split(".");
  const shownAt = Number(at);
  if (!/^\d{13}$/.test(at) || shownAt > now || shownAt < now - lifeMs) return undefined;
  const expected = Buffer.from(mark(shownAt));
  const offered = Buffer.from(given);
  if (expected.length !== offered.length || !timingSafeEqual(expected, offered)) return undefined;
  return new Date(shownAt);
}
