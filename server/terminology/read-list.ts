import { parse } from "csv-parse/sync";
import { type ConceptRow, conceptRow } from "./schema.ts";

/** What is wrong with a line, by the key of its sentence. */
export interface LineFault {
  readonly line: number;
  readonly field: string;
  readonly key: string;
}

/**
 * A list as CSV with a head: kind, code, fr, and if one likes en and synonyms, in any order, with commas or semicolons (as Excel writes
 * them here). Faults are told by line, and a code given twice is one.
 */
export function readList(csv: string): { rows: ConceptRow[]; faults: LineFault[] } {
  const head = csv.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0] ?? "";
  const delimiter = head.includes(";") ? ";" : ",";
  let records: Record<string, string>[];
  try {
    records = parse(csv, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
    });
  } catch {
    return { rows: [], faults: [{ line: 1, field: "csv", key: "terminology.csv" }] };
  }
  const rows: ConceptRow[] = [];
  const faults: LineFault[] = [];
  const seen = new Set<string>();
  for (const [at, record] of records.entries()) {
    const parsed = conceptRow.safeParse(record);
    const line = at + 2;
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) faults.push({ line, field: path.join("."), key: message });
      continue;
    }
    const key = `${parsed.data.kind} ${parsed.data.code}`;
    if (seen.has(key)) faults.push({ line, field: "code", key: "terminology.twice" });
    seen.add(key);
    rows.push({ ...parsed.data, en: parsed.data.en || parsed.data.fr });
  }
  return { rows, faults };
}
