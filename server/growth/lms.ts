import type { Indicator } from "./schema.ts";

/**
 * Where a measure stands among children of its age and sex, by the LMS method: at each age the distribution is told by three numbers, L (the
 * power that makes it normal), M (the median) and S (the coefficient of variation). Cole TJ, Green PJ. Smoothing reference centile curves:
 * the LMS method and penalized likelihood. Stat Med 1992;11:1305-19. Pure and browser-safe.
 */
export interface Lms {
  readonly l: number;
  readonly m: number;
  readonly s: number;
}

/** What skews to the right, and is restricted beyond three deviations. */
const weightBased: readonly Indicator[] = ["weight-for-age", "bmi-for-age", "weight-for-length"];

/** Under this, L is 0: what is left of it would divide nothing by nothing. */
const leastPower = 1e-9;

/** ((value / M)^L − 1) / (L × S), and ln(value / M) / S where L is 0. `expm1` keeps the digits when L is next to nothing. */
function plainScore({ l, m, s }: Lms, value: number): number {
  const log = Math.log(value / m);
  return Math.abs(l) < leastPower ? log / s : Math.expm1(l * log) / (l * s);
}

/** The value at so many deviations: M × (1 + L × S × z)^(1/L). undefined where the distribution never goes so far. */
export function valueAt({ l, m, s }: Lms, z: number): number | undefined {
  if (Math.abs(l) < leastPower) return m * Math.exp(s * z);
  const inner = l * s * z;
  return inner <= -1 ? undefined : m * Math.exp(Math.log1p(inner) / l);
}

/**
 * The z-score of a value. Beyond ±3 the indicators that hold a weight go on by the distance between the second and the third deviation,
 * since the tails are where the power says the least: WHO Child Growth Standards, Methods and development, 2006, section 7, and
 * Computation of centiles and z-scores, WHO Reference 2007.
 * @param value in the unit of M, above 0
 */
export function scoreOf(indicator: Indicator, lms: Lms, value: number): number {
  const z = plainScore(lms, value);
  if (Math.abs(z) <= 3 || !weightBased.includes(indicator)) return z;
  const side = Math.sign(z);
  const [second, third] = [valueAt(lms, 2 * side), valueAt(lms, 3 * side)];
  if (second === undefined || third === undefined) return z;
  return side * (3 + (value - third) / (third - second));
}

/** Between two rows, L, M and S each go straight from one to the other. */
export function between(low: Lms & { x: number }, high: Lms & { x: number }, x: number): Lms {
  if (high.x <= low.x) return low;
  const share = (x - low.x) / (high.x - low.x);
  const mix = (from: number, until: number) => from + (until - from) * share;
  return { l: mix(low.l, high.l), m: mix(low.m, high.m), s: mix(low.s, high.s) };
}

/** The share of children under this z-score, in percent: the normal distribution, within 0.00002. */
export function percentileOf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  // Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26.
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return 50 * (z < 0 ? tail : 2 - tail);
}

/** The z-scores of the curves that are drawn: 3rd, 15th, 50th, 85th and 97th percentiles. */
export const drawnScores = [-1.880793608151251, -1.0364333894937898, 0, 1.0364333894937898, 1.880793608151251] as const;
