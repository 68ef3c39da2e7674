import { createHash } from "node:crypto";
import type { Locale } from "#server/context.ts";
import current from "./terms/2026-11.json" with { type: "json" };

/** The terms of adhesion that a clinic accepts today. An older version keeps its file: an agreement names it. */
export interface Terms {
  readonly version: string;
  readonly locale: Locale;
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  /** SHA-256 of the text as it was shown, in hexadecimal. */
  readonly hash: string;
}

export const termsVersion = current.version;

/** The current terms in one language, with the hash that the agreement will carry. */
export function termsIn(locale: Locale): Terms {
  const text = current[locale];
  return {
    version: current.version,
    locale,
    ...text,
    hash: createHash("sha256").update(plainText(text)).digest("hex"),
  };
}

// What is hashed is the words in their order, so that a change of punctuation counts and a change of layout does not.
function plainText({ title, lead, sections }: (typeof current)["fr"]): string {
  const parts = sections.flatMap((section) => [section.title, ...section.paragraphs]);
  return [title, lead, ...parts].join("\n");
}
