import { roundTo } from "./decimal.ts";

/** What is calculated of a body, from a weight in kilograms and a height in centimetres. Pure and browser-safe. */

/** Body mass index, kg/m², to one decimal (Quetelet). */
export function bodyMassIndex(kilograms: string, centimetres: string): string {
  return roundTo(Number(kilograms) / (Number(centimetres) / 100) ** 2, 1);
}

/** Body surface area, m², to two decimals: √(height × weight / 3600) (Mosteller, N Engl J Med 1987;317:1098). */
export function bodySurface(kilograms: string, centimetres: string): string {
  return roundTo(Math.sqrt((Number(centimetres) * Number(kilograms)) / 3600), 2);
}

interface Point {
  readonly at: Date;
  readonly value: string | null;
}

/** An adult keeps their height; a child's is stale after this long. */
const staleAfterMs = 190 * 86_400_000;

/**
 * The index and the surface at each weight, with the last height known then (the first one after, when none was). A child's weight is
 * matched with a height of the same half-year, or with none. Newest first, as it is given.
 */
export function calculated<T extends Point>(
  weights: readonly T[],
  heights: readonly Point[],
  isAdultAt: (at: Date) => boolean,
): { at: Date; bmi: string; surface: string; from: T }[] {
  const known = heights
    .filter(({ value }) => value !== null && Number(value) > 0)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return weights.flatMap((weight) => {
    const before = known.filter(({ at }) => at <= weight.at).at(-1) ?? known[0];
    if (!before?.value || weight.value === null) return [];
    const apart = Math.abs(weight.at.getTime() - before.at.getTime());
    if (!isAdultAt(weight.at) && apart > staleAfterMs) return [];
    const [kilograms, centimetres] = [weight.value, before.value];
    return [
      {
        at: weight.at,
        bmi: bodyMassIndex(kilograms, centimetres),
        surface: bodySurface(kilograms, centimetres),
        from: weight,
      },
    ];
  });
}
