import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import { type Answers, plainText } from "./rich-text-schema.ts";

/** The questions that must be answered before a note is signed and are not, in their order: their linkIds. Browser-safe. */
export function unanswered(items: readonly QuestionnaireItem[], answers: Answers): string[] {
  return items
    .filter(({ required, linkId }) => required && plainText(answers[linkId]).trim() === "")
    .map(({ linkId }) => linkId);
}
