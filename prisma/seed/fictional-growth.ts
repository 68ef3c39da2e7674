import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joinTables } from "#server/growth/join-tables.ts";
import type { Lms } from "#server/growth/lms.ts";
import { type GrowthSet, loadGrowthSet } from "#server/growth/load-growth-set.ts";
import { readTable } from "#server/growth/read-table.ts";

/**
 * Growth curves of children who do not exist, for tests and the demo: smooth formulas of our own, in the layout of WHO's files. They look
 * like growth, they agree with no table that anybody published, and no child may be judged by them.
 */

type Sex = "boys" | "girls";
const grow = (until: number, pace: number, years: number) => until * (1 - Math.exp(-years / pace));

/** Centimetres at an age in years: an infancy that slows down, a long childhood, and a spurt. */
function height(sex: Sex, years: number): number {
  const isBoy = sex === "boys";
  const childhood = (isBoy ? 84 : 78) * (1 - Math.exp(-((years / 9.5) ** 1.25)));
  const spurt = (isBoy ? 22 : 15) / (1 + Math.exp(-(years - (isBoy ? 13.3 : 11.2)) / 0.9));
  return (isBoy ? 50 : 49.3) + grow(isBoy ? 28 : 27.2, 0.8, years) + childhood + spurt;
}

/** kg/m² at an age in years: up in the first year, down until school, and slowly up again. */
function massIndex(sex: Sex, years: number): number {
  const baby = 4.2 * (1 - Math.exp(-years / 0.22)) * Math.exp(-years / 4.2);
  return (sex === "boys" ? 13.4 : 13.2) + baby + (sex === "boys" ? 8 : 8.2) * (years / 19) ** 1.6;
}

const upright = (sex: Sex, years: number) => height(sex, years) - (years < 2 ? 0 : 0.7);
const lms: Readonly<Record<string, (sex: Sex, years: number) => Lms>> = {
  lhfa: (sex, years) => ({ l: 1, m: upright(sex, years), s: 0.036 + 0.0004 * years }),
  wfa: (sex, years) => ({
    l: 0.3 - 0.05 * years,
    m: (massIndex(sex, years) * height(sex, years) ** 2) / 10_000,
    s: 0.11 + 0.003 * years,
  }),
  bfa: (sex, years) => ({ l: -0.4 - 0.08 * years, m: massIndex(sex, years), s: 0.083 + 0.003 * years }),
  hcfa: (sex, years) => ({
    l: 1,
    m: (sex === "boys" ? 34.4 : 33.8) + grow(13, 0.62, years) + (0.9 * years) / (1 + 0.25 * years),
    s: 0.031,
  }),
};

const line = (x: number, { l, m, s }: Lms) => [x, l.toFixed(4), m.toFixed(4), s.toFixed(5)].join("\t");
const file = (head: string, lines: readonly string[]) => `${[`${head}\tL\tM\tS`, ...lines].join("\r\n")}\r\n`;
const range = (from: number, until: number) => Array.from({ length: until - from + 1 }, (_, at) => from + at);
const monthDays = 30.4375;

/** By name: days until five years, months until nineteen (heads until five, weights until ten), lengths of 45 to 110 cm. */
export function inventedGrowth(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const sex of ["boys", "girls"] as const) {
    for (const [name, at] of Object.entries(lms)) {
      const days = range(0, 1856).map((day) => line(day, at(sex, day / 365.25)));
      files[`${name}_${sex}_z_exp.txt`] = file("Day", days);
      const last = name === "hcfa" ? 0 : name === "wfa" ? 120 : 228;
      const months = range(61, last).map((month) => line(month, at(sex, (month * monthDays) / 365.25)));
      if (last > 0) files[`${name}-${sex}-5-19years-z.txt`] = file("Month", months);
    }
    const lengths = range(450, 1100).map((tenths) => line(tenths / 10, ofLength(sex, tenths / 10)));
    files[`wfl_${sex}_z_exp.txt`] = file("Length", lengths);
  }
  return files;
}

function ofLength(sex: Sex, centimetres: number): Lms {
  const u = Math.log(centimetres / 50);
  return { l: -0.3, m: (sex === "boys" ? 3.3 : 3.25) * Math.exp(3 * u - 1.1 * u * u), s: 0.085 };
}

/** Writes them into a new folder of the system's temporary one. @returns its path */
export async function writeInventedGrowth(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chevet-growth-"));
  for (const [name, text] of Object.entries(inventedGrowth())) await writeFile(join(folder, name), text);
  return folder;
}

const invented: GrowthSet = {
  name: "fictif",
  version: "1",
  titleFr: "Courbes inventées",
  titleEn: "Made-up curves",
  notice: "",
  invented: true,
};

/** Loads them, as the command does with WHO's. */
export async function plantInventedGrowth(): Promise<void> {
  const tables = Object.entries(inventedGrowth()).flatMap(([name, text]) => readTable(name, text).tables);
  await loadGrowthSet(invented, joinTables(tables).rows);
}
