import { z } from "zod";
import { professionCodes } from "#server/clinic/professions.ts";
import { carriedId, linkId } from "#server/note/rich-text-schema.ts";
import { id, line, optionalLine, version } from "#server/schema.ts";

/** Templates of notes: what is asked, in order (FHIR R4 Questionnaire.item). Browser-safe. */

export const itemTypes = ["text", "choice", "number"] as const;

export const itemSchema = z.object({
  linkId: linkId.refine((one) => one !== carriedId, "malformed"),
  label: line(120),
  /** One or two letters for the margin: « S ». */
  letter: optionalLine(2).default(""),
  type: z.enum(itemTypes).default("text"),
  /** Of a choice. */
  options: z.array(line(80)).max(30, "tooLong").default([]),
  /** Of a number: « /10 », « cm ». */
  unit: optionalLine(20).default(""),
  /** What is expected there, shown while it is empty. */
  help: optionalLine(300).default(""),
  /** FHIR R4 Questionnaire.item.required: a note is not signed without an answer. Absent from what was saved before it could be said. */
  required: z.boolean().default(false),
});
export type QuestionnaireItem = z.output<typeof itemSchema>;

export const itemsSchema = z
  .array(itemSchema)
  .min(1, "questionnaire.empty")
  .max(40, "tooLong")
  .refine((items) => new Set(items.map((item) => item.linkId)).size === items.length, "questionnaire.twice")
  .refine(
    (items) => items.every(({ type, options }) => type !== "choice" || options.length > 1),
    "questionnaire.options",
  );

const card = z.object({
  title: line(120),
  /** '' : for everybody. */
  profession: z.union([z.literal(""), z.enum(professionCodes)]).default(""),
  items: itemsSchema,
});

/** `own`: its author's alone; otherwise the whole clinic's. */
export const addQuestionnaireInput = card.extend({ id, own: z.boolean() });
export type AddQuestionnaireInput = z.output<typeof addQuestionnaireInput>;

export const changeQuestionnaireInput = card.extend({ id, version });
export type ChangeQuestionnaireInput = z.output<typeof changeQuestionnaireInput>;

export const retireQuestionnaireInput = z.object({ id, version });
export type RetireQuestionnaireInput = z.output<typeof retireQuestionnaireInput>;

/** A template: the clinic's by its id, or a shipped one by its name. */
export const templateChoice = z.union([
  z.object({ questionnaireId: id }),
  z.object({
    shipped: z
      .string()
      .regex(/^[a-z]+(-[a-z]+)*\.(fr|en)$/, "malformed")
      .max(60),
  }),
]);
export type TemplateChoice = z.output<typeof templateChoice>;
