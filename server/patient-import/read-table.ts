import { parse } from "csv-parse/sync";
import { invalid } from "#server/errors.ts";
import { mostColumns, mostLines } from "./schema.ts";

export interface TableForm {
  readonly encoding: "utf-8" | "windows-1252";
  readonly delimiter: ";" | "," | "\t";
}

/** Cells by line; the first line names the columns. */
export interface ReadTable extends TableForm {
  readonly header: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

/** How a file is written: UTF-8 when it is that, else what Windows programs write; parted by what its first line has most of. */
function formOf(bytes: Uint8Array): TableForm {
  const encoding = isUtf8(bytes) ? "utf-8" : "windows-1252";
  const first = decode(bytes.subarray(0, 65_536), encoding).split(/\r\n?|\n/, 1)[0] ?? "";
  const outside = first.replaceAll(/"[^"]*"/g, "");
  const delimiters = [";", "\t", ","] as const;
  const count = (sign: string) => outside.split(sign).length;
  const delimiter = delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
  return { encoding, delimiter };
}

/**
 * Reads a whole file; what is not said of its form is guessed.
 * @throws Invalid `import.empty`, `import.tooLong` (more than 20,000 lines), `import.tooWide`, `import.damaged`
 */
export function readTable(bytes: Uint8Array, form: TableForm = formOf(bytes)): ReadTable {
  const [header, ...lines] = records(decode(bytes, form.encoding), form.delimiter);
  if (!header || lines.length === 0) throw invalid("import.empty");
  if (lines.length > mostLines) throw invalid("import.tooLong");
  if (header.length > mostColumns) throw invalid("import.tooWide");
  return { ...form, header: header.map((name) => name.trim().slice(0, 80)), lines };
}

function records(text: string, delimiter: string): string[][] {
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter,
      raw: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 100_000,
      to: mostLines + 2,
    }) as unknown as { record: string[]; raw: string }[];
    const width = parsed[0]?.record.length ?? 0;
    return parsed.flatMap(({ record, raw }) => apart(raw, record, width, delimiter));
  } catch (cause) {
    // A quotation mark that nothing closes would make one record of all that follows it.
    if ((cause as { code?: string }).code === "CSV_QUOTE_NOT_CLOSED")
      return byLine(text.replace(/^\ufeff/, ""), delimiter);
    // The parser's own words quote the line.
    throw Object.assign(invalid("import.damaged"), { code_: (cause as { code?: string }).code });
  }
}

/**
 * Two stray quotation marks make one record of all the lines between them. What spans lines and has not the columns of the file, or holds a
 * line that has them all, is given back line by line: nobody is swallowed.
 */
function apart(raw: string, record: string[], width: number, delimiter: string): string[][] {
  const lines = linesOf(raw);
  const isWhole = (line: string) => line.split(delimiter).length >= width;
  if (lines.length < 2 || width < 2) return [record];
  return record.length !== width || lines.slice(1).some(isWhole) ? byLine(raw, delimiter) : [record];
}

const linesOf = (text: string) => text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");

/** Each line by itself; where its quotation marks are not in pairs they are letters like others. */
function byLine(text: string, delimiter: string): string[][] {
  return linesOf(text).map((line) => {
    const isPaired = line.split('"').length % 2 === 1;
    const [cells] = isPaired
      ? (parse(line, { delimiter, relax_quotes: true, relax_column_count: true }) as string[][])
      : [];
    return cells ?? line.split(delimiter);
  });
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes);
