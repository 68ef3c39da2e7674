import type { Diagnosis } from "#server/note/schema.ts";
import { foldText } from "#server/patient/fold-name.ts";

interface Problem {
  readonly id: string;
  readonly label: string;
}

/**
 * A diagnosis as its words were typed. It stays of the problem that it was chosen from while its words still hold that problem's (« HTA
 * essentielle, mal maîtrisée »); a problem's own words, typed whole, are that problem. Pure.
 */
export function withWords(before: Diagnosis, text: string, problems: readonly Problem[]): Diagnosis {
  const { conditionId, ...words } = { ...before, text };
  const typed = foldText(text).trim();
  const kept = problems.find(({ id }) => id === conditionId);
  const same = problems.find(({ label }) => foldText(label) === typed);
  const problem = same ?? (kept && typed.includes(foldText(kept.label)) ? kept : undefined);
  return problem ? { ...words, conditionId: problem.id } : words;
}
