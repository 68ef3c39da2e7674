import { measureOf } from "#server/observation/measures.ts";
import type { ObservationView } from "#server/observation/record.ts";
import { showDecimal } from "./measure-words.ts";

/** « 45 – 84 », « ≤ 7,0 », or nothing. */
export function sayRange(
  { code, low, high }: Pick<ObservationView, "code" | "low" | "high">,
  language: "fr" | "en",
): string {
  const say = (value: string) => showDecimal(value, measureOf(code)?.decimals ?? 0, language);
  if (low !== null && high !== null) return `${say(low)} – ${say(high)}`;
  if (high !== null) return `≤ ${say(high)}`;
  return low === null ? "" : `≥ ${say(low)}`;
}
