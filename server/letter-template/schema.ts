import { z } from "zod";
import { letterKinds } from "#server/letter/schema.ts";
import { countCharacters, longestNote, richTextSchema } from "#server/note/rich-text-schema.ts";
import { id, line, optionalLine, version } from "#server/schema.ts";

/** Templates of letters, by the clinic: subject and text in each language, with fields in them. Browser-safe. */

const said = z.object({
  subject: optionalLine(200),
  body: richTextSchema.refine((body) => countCharacters({ body }) <= longestNote, "letter.tooLong"),
});

export const templateContentSchema = z
  .object({
    fr: said,
    en: said,
    /** Of a request: what it asks for unless somebody says otherwise. */
    specialty: optionalLine(100).default(""),
    priority: z.union([z.literal(""), z.enum(["a", "b", "c", "d", "e"])]).default(""),
  })
  .refine(({ fr, en }) => countCharacters({ fr: fr.body, en: en.body }) > 0, "letterTemplate.empty");
export type TemplateContent = z.output<typeof templateContentSchema>;

const card = { title: line(120), content: templateContentSchema };

/** `id` is made by the form: sent twice, it is one template. */
export const addLetterTemplateInput = z.object({ id, kind: z.enum(letterKinds), ...card });
export type AddLetterTemplateInput = z.output<typeof addLetterTemplateInput>;

export const changeLetterTemplateInput = z.object({ id, version, ...card });
export type ChangeLetterTemplateInput = z.output<typeof changeLetterTemplateInput>;

export const retireLetterTemplateInput = z.object({ id, version });
export type RetireLetterTemplateInput = z.output<typeof retireLetterTemplateInput>;
