import type { Attachable } from "#server/letter/attachments/list-attachable.ts";
import { nameOf, type SaidRow, sayValue, withPressure } from "#server/letter/say-value.ts";
import type { Language } from "#server/letter/words.ts";
import type { Choice } from "./choose-dialog.tsx";

/** What was found and what was measured, each line once: a pressure is one. */
export function resultRows(held: Pick<Attachable, "values" | "measures">, language: Language) {
  const findings = withPressure(held.values, language);
  const measures = withPressure(held.measures, language);
  return { findings, measures, all: [...findings, ...measures] };
}

export const choiceOf = (row: SaidRow, language: Language): Choice => ({
  id: row.id,
  label: `${nameOf(row, language)} ${sayValue(row, language)}`,
  more: row.on,
});
