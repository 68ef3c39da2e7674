import { z } from "zod";
import { id } from "#server/schema.ts";

/** Growth of children against a reference. Browser-safe. */

export const indicators = [
  "weight-for-age",
  "height-for-age",
  "bmi-for-age",
  "head-circumference-for-age",
  "weight-for-length",
] as const;
export type Indicator = (typeof indicators)[number];

/** What a table of reference is made for; anybody else has their own points, without curves. */
const referenceSexes = ["female", "male"] as const;
export type ReferenceSex = (typeof referenceSexes)[number];
export const referenceSexOf = (sex: string | null): ReferenceSex | undefined =>
  referenceSexes.find((one) => one === sex);

/** The measure (server/observation/measures.ts) that an indicator follows. */
export const measureOfIndicator = {
  "weight-for-age": "weight",
  "height-for-age": "height",
  "bmi-for-age": "bmi",
  "head-circumference-for-age": "head-circumference",
  "weight-for-length": "weight",
} as const satisfies Record<Indicator, string>;

/** The curves that are drawn, in percentiles: those of the « WHO Growth Charts for Canada ». */
export const drawnPercentiles = [3, 15, 50, 85, 97] as const;

/** Which of the outer curves a percentile stands beyond: a fact to look at, and no judgment. */
export function outsideOf(percentile: number | undefined): "below" | "above" | undefined {
  if (percentile === undefined) return undefined;
  return percentile < 3 ? "below" : percentile > 97 ? "above" : undefined;
}

/** Nobody grows by a curve from this birthday on. */
const grownYears = 20;

/** Whether somebody is followed by a curve on that day. @param birthDate `YYYY-MM-DD` @param day `YYYY-MM-DD` */
export function isGrowing(birthDate: string | null, day: string): boolean {
  return birthDate !== null && day < `${Number(birthDate.slice(0, 4)) + grownYears}${birthDate.slice(4)}`;
}

/** Two years of age, in days: from lying to standing, and from weight-for-length to the body mass index. */
export const standingDays = 731;

export const readGrowthInput = z.object({ patientId: id });
export type ReadGrowthInput = z.output<typeof readGrowthInput>;
