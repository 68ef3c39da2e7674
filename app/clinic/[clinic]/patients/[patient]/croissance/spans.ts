import type { GrowthView } from "#server/growth/read-growth.ts";
import { type Indicator, standingDays } from "#server/growth/schema.ts";

/** The two ages of the Canadian charts: lying until two years, standing until nineteen. */
export const spans = ["early", "late"] as const;
export type Span = (typeof spans)[number];

/** What is followed at each. */
export const indicatorsOf: Readonly<Record<Span, readonly Indicator[]>> = {
  early: ["weight-for-age", "height-for-age", "head-circumference-for-age", "weight-for-length"],
  late: ["height-for-age", "weight-for-age", "bmi-for-age", "head-circumference-for-age"],
};

export const yearDays = 365.25;
export const monthDays = 30.4375;

type Series = GrowthView["series"][number];

/** From where to where the axis goes, in days; of weight-for-length, in centimetres. */
export function domainOf({ indicator, points }: Series, span: Span): readonly [from: number, until: number] {
  if (indicator === "weight-for-length") return [45, 110];
  if (span === "early") return [0, standingDays];
  if (indicator === "head-circumference-for-age") return [2 * yearDays, 5 * yearDays];
  const last = Math.max(0, ...points.map(({ days }) => days));
  return [2 * yearDays, (last > 19 * yearDays ? 20 : 19) * yearDays];
}

/** The series as one axis shows it. */
export function within(series: Series, span: Span): Series {
  const [from, until] = domainOf(series, span);
  return { ...series, points: series.points.filter(({ x }) => x >= from && x <= until) };
}
