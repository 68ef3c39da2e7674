import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCommand } from "./command.ts";
import { failed, type Tally } from "./tally.ts";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
}

interface Options {
  project: string;
  /** Only the files whose path holds one of these. */
  only?: string[];
  env?: Record<string, string>;
  /** One file at a time, for files that would disturb each other. */
  alone?: boolean;
  /** Show each test as it ends. */
  live?: boolean;
}

/** Runs one of Vitest's projects and counts its tests. A file that cannot even be loaded counts as a failure. */
export async function runVitest({ project, only = [], env, alone = false, live = true }: Options): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "chevet-vitest-"));
  const file = join(folder, "report.json");
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
    ...(alone ? ["--no-file-parallelism"] : []),
    ...only,
  ];
  try {
    const { code, output } = await nodeCommand("node_modules/vitest/vitest.mjs", args, { env, live });
    const report = readReport(file);
    if (!report) return failed(live ? "" : output);
    const broken = code !== 0 && report.numFailedTests === 0 ? Math.max(1, report.numFailedTestSuites) : 0;
    const trouble = code !== 0 && !live ? output : undefined;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped: report.numPendingTests + report.numTodoTests,
      ...(trouble && { trouble }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
