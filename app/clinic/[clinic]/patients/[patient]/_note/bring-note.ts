import type { NoteView } from "#server/note/read-note.ts";
import { type Answers, plainText, type RichText } from "#server/note/rich-text-schema.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";

/**
 * An earlier note brought forward: each of its sections goes to the one of the same name, after what is there; what has no place here goes to the
 * first. Every piece bears where it came from.
 * @param on the day of the earlier note, where the clinic is
 * @returns the sections that change
 */
export function bringNote(
  earlier: Pick<NoteView, "id" | "answers">,
  on: string,
  items: readonly QuestionnaireItem[],
  answers: Answers,
): Record<string, RichText> {
  const source = { kind: "note" as const, id: earlier.id, on };
  const places = items.filter(({ type }) => type === "text").map(({ linkId }) => linkId);
  const [first] = places;
  const brought: Record<string, RichText> = {};
  if (!first) return brought;
  for (const [linkId, said] of Object.entries(earlier.answers)) {
    if (!Array.isArray(said) || plainText(said).trim() === "") continue;
    const place = places.includes(linkId) ? linkId : first;
    const here = answers[place];
    const before = brought[place] ?? (Array.isArray(here) ? here : []);
    const marked = said.map((block) => ({
      ...block,
      runs: block.runs.map((run) => (typeof run === "string" ? { text: run, source } : { ...run, source })),
    }));
    brought[place] = [...before, ...marked];
  }
  return brought;
}
