import { debianBinaries } from "#infra/local/postgres/binaries.ts";
import { runBenches } from "#tests/bench/run.ts";
import { runPlaywright } from "./playwright-step.ts";
import { toolSteps } from "./provide-tools.ts";
import { staticSteps } from "./static-steps.ts";
import { runSteps, type Step, skipped, summarize, type Together } from "./tally.ts";
import { runVitest } from "./vitest-step.ts";

/** What SQL itself promises also runs on Debian's PostgreSQL 15, the oldest that Chevet supports. Doors in code are the same on both. */
const onOldest = [
  "house/migrations",
  "db/",
  ...["attack", "catalogue", "drift", "enter", "pooling", "promises"].map((suite) => `seal/${suite}.test`),
  "schedule/",
].map((suite) => `tests/database/${suite}`);

/**
 * npm test; `--check` the part that takes seconds; `--soak` the long repeated kills and big data; `--bench` the measures.
 * @returns the exit code.
 */
export async function main(args: string[]): Promise<number> {
  if (args.includes("--bench")) return runBenches(args.filter((arg) => !arg.startsWith("--")));
  const start = performance.now();
  const results = await runSteps(stepsFor(args));
  return summarize(results, (performance.now() - start) / 1000);
}

function stepsFor(args: string[]): (Step | Together)[] {
  if (args.includes("--check")) return [...staticSteps(), messages()];
  if (args.includes("--soak")) return [...toolSteps(), soak("long")];
  return [
    ...staticSteps(),
    unit(),
    ...toolSteps(),
    { title: "Base de données · database (PostgreSQL 18)", run: () => runVitest({ project: "database" }) },
    { title: "Base de données · database (PostgreSQL 15)", run: onPostgres15 },
    { title: "Navigateur · browser", run: runPlaywright },
    soak("one round"),
  ];
}

function messages(): Step {
  const run = () => runVitest({ project: "unit", only: ["tests/unit/messages/"], live: false });
  return { title: "Messages fr et en · messages", run };
}

function unit(): Step {
  return { title: "Unités · unit", run: () => runVitest({ project: "unit", live: false }) };
}

function soak(rounds: "long" | "one round"): Step {
  const long = rounds === "long";
  // They kill processes and fill disks: the long rounds one file at a time. One round of each waits more than it works.
  const run = () => runVitest({ project: "soak", alone: long, env: { CHEVET_SOAK: long ? "1" : "0" } });
  return { title: `Endurance · soak (${rounds})`, run };
}

async function onPostgres15() {
  if (!debianBinaries(15)) return skipped("PostgreSQL 15 de Debian introuvable · Debian's PostgreSQL 15 is not here");
  return runVitest({ project: "database", only: onOldest, env: { CHEVET_TEST_POSTGRES: "15" } });
}
