import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import { buildAll } from "#infra/local/build.ts";
import { fromRoot } from "#infra/local/paths.ts";
import { command } from "#tests/run/command.ts";
import type { Measured, Row } from "./measure.ts";

/**
 * Measures what is named (`search`, `row-security`…), or all, each in a process of its own; prints a table, and writes it with
 * the machine and the plans to RESULTS.md when all were measured.
 * @returns the exit code: not zero when a measure could not be taken. A target that is missed is shown, never an error.
 */
export async function runBenches(names: readonly string[]): Promise<number> {
  const files = readdirSync(fromRoot("tests/bench")).filter((file) => file.endsWith(".bench.ts"));
  const wanted = files.filter((file) => names.length === 0 || names.some((name) => file.startsWith(name))).sort();
  const folder = mkdtempSync(join(tmpdir(), "chevet-bench-"));
  const parts = [`# Results\n\n${machine()}`];
  let worst = 0;
  console.log(machine());
  await buildAll(".next");
  try {
    for (const file of wanted) {
      const result = join(folder, `${file}.json`);
      const title = file.replace(".bench.ts", "");
      console.log(`\n${title}`);
      const arguments_ = ["--import", "tsx", "tests/bench/run-one.ts", `tests/bench/${file}`, result];
      const { code } = await command(process.execPath, arguments_, { live: true });
      worst = Math.max(worst, code);
      if (code !== 0) continue;
      const { rows, notes = "" }: Measured = JSON.parse(readFileSync(result, "utf8"));
      console.log(table(rows));
      parts.push(`## ${title}\n\n${table(rows)}`, notes);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (names.length === 0 && worst === 0 && process.env.CHEVET_BENCH_SMALL !== "1")
    writeFileSync(fromRoot("tests/bench/RESULTS.md"), `${parts.filter(Boolean).join("\n\n")}\n`);
  return worst;
}

function machine(): string {
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "?"}, ${gigabytes} GiB, ${type()} ${release()}, Node ${process.version}`;
}

const columns: readonly [title: string, show: (row: Row) => string][] = [
  ["", (row) => row.name],
  ["median", (row) => milliseconds(row.median)],
  ["p95", (row) => milliseconds(row.p95)],
  ["p99", (row) => milliseconds(row.p99)],
  ["per second", (row) => whole(row.rate)],
  ["CPU per call", (row) => milliseconds(row.cpu)],
  ["CPU p95", (row) => milliseconds(row.cpuP95)],
  ["statements", (row) => whole(row.statements)],
  ["round trips", (row) => whole(row.roundTrips)],
  ["ratio", (row) => row.ratio?.toFixed(2) ?? ""],
  ["target", (row) => (row.target ? `${row.target} ${row.met ? "✓" : "✗"}` : "")],
  ["value", (row) => row.value ?? ""],
  ["MB", (row) => whole(row.megabytes)],
  ["KB", (row) => whole(row.kilobytes)],
  ["", (row) => row.note ?? ""],
];

const milliseconds = (value?: number) => (value === undefined ? "" : `${value.toFixed(2)} ms`);
const whole = (value?: number) => (value === undefined ? "" : value.toFixed(0));

/** A Markdown table that also reads well in a terminal; columns that nobody fills are left out. */
function table(rows: readonly Row[]): string {
  const used = columns.filter(([, show], at) => at === 0 || rows.some((row) => show(row) !== ""));
  const cells = [used.map(([title]) => title), ...rows.map((row) => used.map(([, show]) => show(row)))];
  const widths = used.map((_, at) => Math.max(3, ...cells.map((line) => [...(line[at] ?? "")].length)));
  const pad = (text: string, at: number) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0));
  const write = (line: readonly string[]) => `| ${line.map(pad).join(" | ")} |`;
  // As the formatter writes it: RESULTS.md is in the tree.
  const rule = write(widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)));
  const [head = [], ...body] = cells;
  return [write(head), rule, ...body.map(write)].join("\n");
}
