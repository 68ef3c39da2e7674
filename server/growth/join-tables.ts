import { between } from "./lms.ts";
import type { GrowthTable, TableRow } from "./read-table.ts";
import type { Indicator, ReferenceSex } from "./schema.ts";

/** A row as it is kept. */
export interface GrowthRow extends TableRow {
  readonly indicator: Indicator;
  readonly sex: ReferenceSex;
  readonly segment: number;
  readonly drawn: boolean;
}

/** Two tables that are no further apart are one: WHO's months begin where its days end. In days, or in centimetres. */
const bridged = { age: 31, length: 1 };

/**
 * The tables of one set, put end to end for each indicator and sex. Where two say the same ages, the one that begins later holds from its
 * beginning on (height after length), and nothing is read between them.
 * @returns the rows, or the files that begin at the same age
 */
export function joinTables(tables: readonly GrowthTable[]): { rows: readonly GrowthRow[]; twice: readonly string[] } {
  const rows: GrowthRow[] = [];
  const twice: string[] = [];
  for (const { indicator, sex } of kindsOf(tables)) {
    const sorted = tables
      .filter((one) => one.indicator === indicator && one.sex === sex)
      .sort((one, other) => startOf(one) - startOf(other));
    for (const [at, one] of sorted.entries()) {
      const next = sorted[at + 1];
      if (next && startOf(next) === startOf(one)) twice.push(`${one.file} = ${next.file}`);
    }
    for (const [segment, stretch] of stretchesOf(sorted).entries())
      for (const row of drawnOf(stretch, indicator === "weight-for-length"))
        rows.push({ ...row, indicator, sex, segment });
  }
  return { rows, twice };
}

/** One table of each indicator and sex. */
const kindsOf = (tables: readonly GrowthTable[]) => [
  ...new Map(tables.map((one) => [`${one.indicator} ${one.sex}`, one])).values(),
];
const startOf = ({ rows }: GrowthTable) => rows[0]?.x ?? 0;

function stretchesOf(sorted: readonly GrowthTable[]): TableRow[][] {
  const stretches: TableRow[][] = [];
  for (const [at, table] of sorted.entries()) {
    const next = sorted[at + 1];
    const rows = next ? until(table.rows, startOf(next)) : [...table.rows];
    const last = stretches.at(-1)?.at(-1);
    const gap = startOf(table) - (last?.x ?? Number.NEGATIVE_INFINITY);
    const most = table.indicator === "weight-for-length" ? bridged.length : bridged.age;
    if (gap > 0 && gap <= most) stretches.at(-1)?.push(...rows);
    else stretches.push(rows);
  }
  return stretches;
}

/** What comes before the next table, to its first age exactly. */
function until(rows: readonly TableRow[], end: number): TableRow[] {
  const kept = rows.filter(({ x }) => x <= end);
  const [last, after] = [kept.at(-1), rows[kept.length]];
  if (last && after && last.x < end) kept.push({ x: end, ...between(last, after, end) });
  return kept;
}

/** Marks enough rows for a curve: the first and the last, and one each week, fortnight or two months as the child grows. */
function drawnOf(rows: readonly TableRow[], isLength: boolean): (TableRow & { drawn: boolean })[] {
  let last = Number.NEGATIVE_INFINITY;
  return rows.map((row, at) => {
    const step = isLength ? 1 : row.x < 90 ? 7 : row.x < 731 ? 15 : 60;
    const drawn = at === rows.length - 1 || row.x - last >= step;
    if (drawn) last = row.x;
    return { ...row, drawn };
  });
}
