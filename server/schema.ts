import { z } from "zod";

/**
 * What several nouns read from a person, the same way everywhere. Messages are keys of the namespace `errors`.
 * Safe for a browser: it imports Zod and nothing else.
 */

/** Control characters, lone surrogates and the marks that turn the reading direction around: never part of a name, and a way to disguise one. */
const neverText = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** NFC, one space between words, none around: « é » written in two ways is one name. */
export function tidyLine(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/gu, " ").replaceAll(neverText, "").trim();
}

/** Characters as a person counts them: an emoji or a Chinese character is one, as in PostgreSQL's length(). */
const fits = (most: number) => (text: string) => [...text].length <= most;

// Refused before any work is done on it; far above what a field holds, so that a pasted text meets the kinder message.
const huge = z.string({ error: "required" }).max(20_000, "tooLong");

/** One line that may be left empty. */
export const optionalLine = (most: number) => huge.transform(tidyLine).refine(fits(most), "tooLong");

/** One line that must say something: a name in any script, with any number of family names, apostrophes and hyphens. */
export const line = (most: number) =>
  huge
    .transform(tidyLine)
    .refine((text) => text !== "", "required")
    .refine(fits(most), "tooLong");

/** A few lines that may be left empty: what was typed, less what is never text. */
export const optionalText = (most: number) =>
  huge
    .transform((text) =>
      text
        .normalize("NFC")
        .split(/\r\n?|\n/)
        .map(tidyLine)
        .join("\n")
        .trim(),
    )
    .refine(fits(most), "tooLong");

export const personName = line(200);

/** Lower case, as the database keeps it. */
export const emailAddress = huge
  .transform((text) => tidyLine(text).toLowerCase())
  .refine((text) => text !== "", "required")
  .pipe(z.email("email").max(254, "tooLong"));

export const optionalEmail = huge
  .transform((text) => tidyLine(text).toLowerCase())
  .refine((text) => text === "" || z.email().max(254).safeParse(text).success, "email");

/** As it was typed; a verb reads it (`readPhone`), since the rules of every country are too heavy for a page. */
export const phoneText = optionalLine(40).refine(
  (text) => text === "" || /^[+\d][\d\s().-]*(\D{1,8}\d{1,6})?$|^\(/.test(text),
  "phone",
);

/** « G1L 3L5 »: Canada Post never uses D, F, I, O, Q or U. */
export const postalCode = huge
  .transform((text) => tidyLine(text).toUpperCase().replaceAll(/[\s-]/g, ""))
  .refine(
    (text) => text === "" || /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/.test(text),
    "postalCode",
  )
  .transform((text) => (text === "" ? "" : `${text.slice(0, 3)} ${text.slice(3)}`));

/** A day of the calendar, `YYYY-MM-DD`, that exists. */
export const day = z
  .string("required")
  .refine(isRealDay, "day")
  .refine((text) => !isRealDay(text) || (text >= "2000-01-01" && text < "2200-01-01"), "dayTooFar");

function isRealDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export const locale = z.enum(["fr", "en"], "required");

export const id = z.uuid("malformed");

/** The version that the screen was showing: a change is written on top of that one or refused. */
export const version = z.int("malformed").min(1, "malformed");

/** A page of a list: `after` is the last id of the page before. */
export const page = z.object({ after: id.optional(), most: z.int().min(1).max(100).default(50) });

/** A date as far as it is known: "", `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of the calendar. Whether it is to come is the verb's to say. */
export const partialDate = z
  .string()
  .max(10, "record.date")
  .refine((text) => /^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(text) && isRealPartial(text), "record.date");

function isRealPartial(text: string): boolean {
  if (text === "") return true;
  const whole = `${text}${"-01-01".slice(text.length - 4)}`;
  const at = new Date(`${whole}T00:00:00Z`);
  return text >= "1850" && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole);
}
