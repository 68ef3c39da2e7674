import type { Locale } from "#server/context.ts";
import { precondition } from "#server/errors.ts";
import { type Terms, termsIn } from "./terms.ts";
import { issueReceipt, readReceipt } from "./terms-receipt.ts";

/**
 * The terms of adhesion. French comes first and hands out a receipt; English is given only against it (Charter of the
 * French language, s. 55; AC-64).
 * @throws Precondition `frenchFirst`
 */
export function showTerms(input: { locale: Locale; receipt?: string | undefined }): Terms & { receipt: string } {
  if (input.locale === "fr") return { ...termsIn("fr"), receipt: issueReceipt() };
  const { receipt } = input;
  if (!receipt || !readReceipt(receipt)) throw precondition("frenchFirst");
  return { ...termsIn("en"), receipt };
}
