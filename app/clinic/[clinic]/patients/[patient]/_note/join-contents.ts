import type { Answer, RichText } from "#server/note/rich-text-schema.ts";
import { plainText } from "#server/note/rich-text-schema.ts";
import type { NoteContent } from "#server/note/schema.ts";

/**
 * Two texts of one note, none of whose words is lost: what stands, and after it, section by section, the lines of the other that it does not
 * have.
 */
export function joinContents(standing: NoteContent, other: NoteContent): NoteContent {
  const answers = { ...standing.answers };
  for (const [linkId, theirs] of Object.entries(other.answers)) answers[linkId] = joinAnswers(answers[linkId], theirs);
  const known = new Set(standing.diagnoses.map(({ text, code }) => `${text} ${code}`));
  return {
    title: standing.title || other.title,
    answers,
    diagnoses: [...standing.diagnoses, ...other.diagnoses.filter(({ text, code }) => !known.has(`${text} ${code}`))],
  };
}

function joinAnswers(standing: Answer | undefined, other: Answer): Answer {
  if (standing === undefined) return other;
  if (!Array.isArray(standing) || !Array.isArray(other)) return standing;
  const known = standing.map((block) => plainText([block]).trim());
  const missing: RichText = other.filter((block) => {
    const line = plainText([block]).trim();
    // A line that goes on in what stands is the same line, some letters earlier.
    return line !== "" && !known.some((one) => one.startsWith(line));
  });
  return [...standing, ...missing];
}
