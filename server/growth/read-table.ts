import { parse } from "csv-parse/sync";
import type { Lms } from "./lms.ts";
import type { Indicator, ReferenceSex } from "./schema.ts";

/** Days in a month, by which WHO turns one into the other. */
const monthDays = 30.4375;

/** One row of a table: days since birth, or centimetres; what is told there. */
export interface TableRow extends Lms {
  readonly x: number;
}

/** What one file says of one sex, in the order of its ages. */
export interface GrowthTable {
  readonly file: string;
  readonly indicator: Indicator;
  readonly sex: ReferenceSex;
  readonly rows: readonly TableRow[];
}

/** What stands in the way, for the operator to read. Line 1 is the head. */
export interface TableFault {
  readonly file: string;
  readonly line: number;
  readonly said: string;
}

/** What a column named « Age » counts; WHO publishes both under that name. */
export type AgeUnit = "days" | "months";

/** How WHO and the CDC call their files, word by word: `wfa_boys_z_exp.txt`, `lhfa-girls-zscore-expanded-tables.csv`, `statage.csv`. */
const fileWords: Readonly<Record<Indicator, readonly string[]>> = {
  "weight-for-age": ["wfa", "wtage", "wtageinf", "weianthro", "wfawho2007"],
  "height-for-age": ["lhfa", "lfa", "hfa", "lenageinf", "statage", "lenanthro", "hfawho2007"],
  "bmi-for-age": ["bfa", "bmi", "bmifa", "bmiagerev", "bmianthro", "bfawho2007"],
  "head-circumference-for-age": ["hcfa", "hcageinf", "hcanthro"],
  "weight-for-length": ["wfl", "wtleninf", "wflanthro"],
};
const sexWords: Readonly<Record<ReferenceSex, readonly string[]>> = {
  female: ["girls", "girl", "filles", "female", "f", "2"],
  male: ["boys", "boy", "garcons", "male", "m", "1"],
};

/** The indicator that a file is named for; undefined for any other file. */
export function indicatorOf(file: string): Indicator | undefined {
  const words = wordsOf(file);
  return (Object.keys(fileWords) as Indicator[]).find((one) => fileWords[one].some((word) => words.includes(word)));
}

/** A letter or a figure alone says the sex in a column, and nothing in a name. */
const sexOfName = (file: string) => wordsOf(file).flatMap((word) => (word.length > 1 ? (sexOf(word) ?? []) : []))[0];
const sexOf = (word: string) =>
  (Object.keys(sexWords) as ReferenceSex[]).find((one) => sexWords[one].includes(word.trim().toLowerCase()));
const wordsOf = (file: string) =>
  file
    .toLowerCase()
    .replace(/\.[a-z0-9]+$/, "")
    .split(/[^a-z0-9]+/);

/**
 * A table as WHO or the CDC publish it, as text: separated by tabs, commas, or semicolons with decimal commas (as Excel writes them here),
 * with a head that names the age or the length, L, M and S; what else it holds (percentiles, deviations) is left aside. The sex is in
 * the name of the file or in a column. Nothing of a file with faults may be used.
 */
export function readTable(
  file: string,
  text: string,
  age?: AgeUnit,
): { tables: readonly GrowthTable[]; faults: readonly TableFault[] } {
  const fault = (line: number, said: string): TableFault => ({ file, line, said });
  const refuse = (said: string) => ({ tables: [], faults: [fault(1, said)] });
  const indicator = indicatorOf(file);
  if (!indicator)
    return refuse("l’indicateur n’est pas dans le nom du fichier · the indicator is not in the file’s name");
  const head = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0] ?? "";
  const delimiter = ["\t", ";", ","].find((one) => head.includes(one)) ?? ",";
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    return refuse("ce n’est pas un tableau en texte · not a table as text");
  }
  const column = columnOf(head.split(delimiter), indicator, age);
  if ("said" in column) return refuse(column.said);
  const named = sexOfName(file);
  const faults: TableFault[] = [];
  const bySex = new Map<ReferenceSex, TableRow[]>();
  for (const { record, info } of records) {
    // The CDC says its head again before the other sex.
    if (record.l?.toLowerCase() === "l") continue;
    const sex = "sex" in record ? sexOf(record.sex ?? "") : named;
    if (!sex) {
      faults.push(fault(info.lines, "ni fille ni garçon, dans le nom ou la colonne · sex in neither name nor column"));
      continue;
    }
    const number = (name: string) => numberOf(record[name], delimiter);
    const [x, l, m, s] = [number(column.name), number("l"), number("m"), number("s")];
    const row = { x: x === undefined ? -1 : Number((x * column.factor).toFixed(4)), l: l ?? 99, m: m ?? 0, s: s ?? 0 };
    const rows = bySex.get(sex) ?? [];
    const said = faultOf(row, rows.at(-1));
    if (said) faults.push(fault(info.lines, said));
    rows.push(row);
    bySex.set(sex, rows);
  }
  if (records.length === 0) return refuse("aucune ligne · no line");
  return { tables: [...bySex].map(([sex, rows]) => ({ file, indicator, sex, rows })), faults };
}

function columnOf(
  head: readonly string[],
  indicator: Indicator,
  age: AgeUnit | undefined,
): { name: string; factor: number } | { said: string } {
  const names = head.map((name) =>
    name
      .replace(/^\uFEFF/, "")
      .trim()
      .replace(/^"|"$/g, "")
      .toLowerCase(),
  );
  const missing = ["l", "m", "s"].filter((name) => !names.includes(name));
  if (missing.length > 0) return { said: `colonne absente · missing column: ${missing.join(", ").toUpperCase()}` };
  const find = (...wanted: string[]) => names.find((name) => wanted.includes(name));
  if (indicator === "weight-for-length") {
    const length = find("length", "longueur");
    return length ? { name: length, factor: 1 } : { said: "colonne absente · missing column: Length" };
  }
  const days = find("day", "days", "agedays", "jour", "jours");
  if (days) return { name: days, factor: 1 };
  const months = find("month", "months", "agemos", "mois");
  if (months) return { name: months, factor: monthDays };
  const either = find("age");
  if (!either) return { said: "colonne absente · missing column: Day, Month" };
  if (!age) return { said: "« Age » compte des jours ou des mois? --age days|months · “Age” counts days or months?" };
  return { name: either, factor: age === "days" ? 1 : monthDays };
}

function numberOf(text: string | undefined, delimiter: string): number | undefined {
  const written = delimiter === "," ? text : text?.replace(",", ".");
  return written && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written) : undefined;
}

/** The same limits as the table's checks, in words. */
function faultOf({ x, l, m, s }: TableRow, before: TableRow | undefined): string | undefined {
  if (!(x >= 0 && x < 10_000)) return "âge ou longueur illisible · age or length cannot be read";
  if (!(Math.abs(l) <= 20)) return "L illisible · L cannot be read";
  if (!(m > 0 && m < 1000)) return "M illisible · M cannot be read";
  if (!(s > 0 && s < 1)) return "S illisible · S cannot be read";
  if (before && x <= before.x) return "les âges ne vont pas en croissant · ages do not go up";
  return undefined;
}
