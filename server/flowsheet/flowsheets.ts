import { z } from "zod";
import { measureOf } from "#server/observation/measures.ts";
import { nameWords } from "#server/patient/fold-name.ts";
import data from "./flowsheets.json" with { type: "json" };

/** A flowsheet is data: which measures are followed, and how often each is due. One more is one more object of flowsheets.json. */
const flowsheet = z.object({
  key: z.string().regex(/^[a-z-]+$/),
  fr: z.string().min(1),
  en: z.string().min(1),
  /** Words of a problem, folded: a patient who has one is proposed this flowsheet. */
  words: z.array(z.string()).min(1),
  /** Where the intervals come from, as shown beside them. */
  source: z.string().min(1),
  rows: z
    .array(
      z.object({
        /** Shown in one cell: the two numbers of a pressure. */
        codes: z.array(z.string().refine((code) => measureOf(code) !== undefined)).min(1),
        everyMonths: z.int().min(1).max(120),
      }),
    )
    .min(1),
});
export type Flowsheet = z.output<typeof flowsheet>;

export const flowsheets: readonly Flowsheet[] = z.array(flowsheet).parse(data);

/** Those that go with some of these problems. */
export function flowsheetsFor(labels: readonly string[]): Pick<Flowsheet, "key" | "fr" | "en">[] {
  const said = new Set(labels.flatMap(nameWords));
  const found = flowsheets.filter(({ words }) => words.some((word) => said.has(word)));
  return found.map(({ key, fr, en }) => ({ key, fr, en }));
}
