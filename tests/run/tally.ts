/** What a step of the test command found. A reason is given for each thing that was skipped. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** What went wrong, for the reader; shown at once and again at the end. */
  trouble?: string;
  /** What could not be had, said loudly. */
  missing?: string;
}

export const passed = (count = 1): Tally => ({ passed: count, failed: 0, skipped: 0 });
export const failed = (trouble: string): Tally => ({ passed: 0, failed: 1, skipped: 0, trouble });
export const skipped = (missing: string): Tally => ({ passed: 0, failed: 0, skipped: 1, missing });

export interface Step {
  title: string;
  run(): Promise<Tally>;
}

interface Result extends Tally {
  title: string;
  seconds: number;
}

/** Steps that read the tree and share nothing, run side by side. */
export type Together = Step[];

/** Runs the steps in order, all of them whatever fails, and prints one line each. */
export async function runSteps(steps: (Step | Together)[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const step of steps) {
    const ended = await Promise.all([step].flat().map(runStep));
    results.push(...ended);
  }
  return results;
}

async function runStep({ title, run }: Step): Promise<Result> {
  const start = performance.now();
  const tally = await run().catch((error: unknown) =>
    failed(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  const result = { title, seconds: (performance.now() - start) / 1000, ...tally };
  console.log(lineOf(result));
  if (tally.trouble) console.log(`\n${tally.trouble.trimEnd()}\n`);
  return result;
}

/** Prints what was skipped, what failed, and the count as the last line. @param seconds all that it took. @returns the exit code. */
export function summarize(results: Result[], seconds: number): number {
  console.log(`\n${"─".repeat(78)}`);
  for (const result of results) console.log(lineOf(result));
  for (const { title, missing } of results) if (missing) console.log(`\n  SAUTÉ · SKIPPED  ${title} : ${missing}`);
  const sum = (key: "passed" | "failed" | "skipped") => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n  ${(seconds / 60).toFixed(1)} min\n`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  return sum("failed") > 0 ? 1 : 0;
}

function lineOf({ title, seconds, passed, failed, skipped }: Result): string {
  const sign = failed > 0 ? "✗" : passed > 0 ? "✓" : "○";
  const counts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`]
    .filter(Boolean)
    .join(", ");
  return `  ${sign} ${title.padEnd(46)} ${`${seconds.toFixed(1)} s`.padStart(9)}  ${counts}`;
}
