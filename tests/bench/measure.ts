/** One line of the table that `npm run bench` prints. Times are milliseconds; what was not measured is left out. */
export interface Row {
  /** What was measured, in the words of whoever reads the table. */
  readonly name: string;
  readonly median?: number;
  readonly p95?: number;
  readonly p99?: number;
  /** Per second. */
  readonly rate?: number;
  /** CPU of the measured process per call, in milliseconds. */
  readonly cpu?: number;
  /** CPU of the calls that took most, nineteen in twenty took less. */
  readonly cpuP95?: number;
  readonly statements?: number;
  readonly roundTrips?: number;
  /** Against the floor measured in the same run: for times the smaller, for rates the larger is better. */
  readonly ratio?: number;
  /** What the ratio is to be: « ≤ 1.25 », « ≥ 0.5 ». */
  readonly target?: string;
  readonly met?: boolean;
  readonly megabytes?: number;
  readonly kilobytes?: number;
  /** A value that fits no column, as it is to be read. */
  readonly value?: string;
  readonly note?: string;
}

export interface Measured {
  readonly rows: readonly Row[];
  /** Goes to RESULTS.md below the table (plans, remarks), as Markdown. */
  readonly notes?: string;
}

export interface Bench {
  /** Measures and returns its lines. */
  run(): Promise<Measured>;
}

export interface Times {
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
}

/** The percentiles of some durations in milliseconds (nearest rank). */
export function percentiles(durations: readonly number[]): Times {
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** How long one thing takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Two ways of doing one thing, turn about, so that whatever else the machine does falls on both alike.
 * @returns the durations of each, warm-up left out.
 */
export async function alternate(
  rounds: number,
  first: (round: number) => Promise<unknown>,
  second: (round: number) => Promise<unknown>,
): Promise<[number[], number[]]> {
  const durations: [number[], number[]] = [[], []];
  const warmUp = Math.ceil(rounds / 10);
  for (let round = -warmUp; round < rounds; round += 1) {
    const one = await timed(() => first(round + warmUp));
    const two = await timed(() => second(round + warmUp));
    if (round < 0) continue;
    durations[0].push(one);
    durations[1].push(two);
  }
  return durations;
}
