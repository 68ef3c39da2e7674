import type { z } from "zod";
import { precondition } from "#server/errors.ts";
import type { acceptance } from "./schema.ts";
import { termsIn, termsVersion } from "./terms.ts";
import { readReceipt } from "./terms-receipt.ts";

/** What is kept of an acceptance (host.agreement). */
export interface Acceptance {
  readonly termsVersion: string;
  readonly termsHash: Uint8Array<ArrayBuffer>;
  readonly frenchShownAt: Date;
  readonly locale: "fr" | "en";
}

/**
 * Makes sure that what was accepted is today's text, and that its French version was shown first.
 * @throws Precondition `termsChanged`: the person reads them (again) before going on.
 */
export function checkAcceptance(given: z.output<typeof acceptance>): Acceptance {
  const frenchShownAt = readReceipt(given.receipt);
  if (!frenchShownAt || given.version !== termsVersion) throw precondition("termsChanged");
  const termsHash = new Uint8Array(Buffer.from(termsIn(given.locale).hash, "hex"));
  return { termsVersion, termsHash, frenchShownAt, locale: given.locale };
}
