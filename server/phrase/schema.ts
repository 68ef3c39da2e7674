import { z } from "zod";
import { id, optionalLine, optionalText, version } from "#server/schema.ts";

/** Smart phrases: a word after a full stop calls a text. Browser-safe. */

const card = z.object({
  /** What is typed after the full stop. */
  code: z
    .string("required")
    .transform((text) => text.trim().toLowerCase().replace(/^\./, ""))
    .refine((text) => text !== "", "required")
    .refine((text) => /^[a-z0-9]{1,30}$/.test(text), "phrase.code"),
  title: optionalLine(120),
  /** Lines; « - » begins an item of a list, `{age}` is a variable, `[côté]` is a place to fill. */
  body: optionalText(8_000).refine((text) => text !== "", "required"),
});

/** `own`: its author's alone; otherwise the whole clinic's. */
export const addPhraseInput = card.extend({ id, own: z.boolean() });
export type AddPhraseInput = z.output<typeof addPhraseInput>;

export const changePhraseInput = card.extend({ id, version });
export type ChangePhraseInput = z.output<typeof changePhraseInput>;

export const retirePhraseInput = z.object({ id, version });
export type RetirePhraseInput = z.output<typeof retirePhraseInput>;

export const offeredPhrasesInput = z.object({ patientId: id });
