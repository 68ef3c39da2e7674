/** One measure: what, how much, and what to know about it. */
export interface Row {
  measure: string;
  value: string;
  note?: string;
}

/** Prints rows as a table. Numbers are for reading beside each other in one run, not for comparing machines. */
export function printRows(title: string, rows: readonly Row[]): void {
  const width = (of: (row: Row) => string) => Math.max(...rows.map((row) => [...of(row)].length));
  const [measures, values] = [width((row) => row.measure), width((row) => row.value)];
  console.log(title);
  for (const { measure, value, note = "" } of rows) {
    console.log(`  ${measure.padEnd(measures)}  ${value.padStart(values)}  ${note}`.trimEnd());
  }
  console.log("");
}
