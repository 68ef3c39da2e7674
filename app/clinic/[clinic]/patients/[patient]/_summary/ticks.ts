/** Round numbers for an axis, four to seven of them, that hold both ends: 117 to 152 gives 110, 120 … 160. Pure. */
export function ticksOf(least: number, most: number): number[] {
  const span = most - least || Math.abs(most) || 1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => span / one <= 5) ?? span;
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step);
  const count = Math.max(last - first, 1);
  return Array.from({ length: count + 1 }, (_, nth) => Number(((first + nth) * step).toPrecision(12)));
}
