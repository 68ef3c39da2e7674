import { nameWords } from "#server/patient/fold-name.ts";

/** Which measure tells how a problem goes: beside « HTA », the last pressure. By the words of the problem, in both languages. Pure. */
const links: readonly (readonly [code: string, words: readonly string[]])[] = [
  ["bp-systolic", ["hta", "htn", "hypertension"]],
  ["hba1c", ["diabete", "diabetes", "db2", "dt2"]],
  ["egfr", ["mrc", "ckd", "irc", "renale", "kidney"]],
  ["ldl", ["dyslipidemie", "dyslipidemia", "dlp", "hypercholesterolemie", "hypercholesterolemia"]],
  ["tsh", ["hypothyroidie", "hypothyroidism", "hyperthyroidie", "hyperthyroidism"]],
  ["bmi", ["obesite", "obesity"]],
];

/** The series' code, or undefined. */
export function linkedMeasure(label: string): string | undefined {
  const words = new Set(nameWords(label));
  return links.find(([, known]) => known.some((word) => words.has(word)))?.[0];
}
