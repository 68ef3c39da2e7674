import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Planted } from "#prisma/seed/scenario.ts";
import { runTool } from "./run-tool.ts";

interface Mark {
  state: "planting" | "planted" | "empty";
  planted?: Planted;
}

const fileOf = (dataDir: string) => join(dataDir, "demo.json");

/** What the first start decided: a demo, or nothing. */
export function readDemo(dataDir: string): Mark | undefined {
  if (!existsSync(fileOf(dataDir))) return undefined;
  return JSON.parse(readFileSync(fileOf(dataDir), "utf8"));
}

export function writeDemo(dataDir: string, mark: Mark): void {
  writeFileSync(fileOf(dataDir), `${JSON.stringify(mark, null, 2)}\n`, { mode: 0o600 });
}

/** Plants the named scenarios (all of them when none is named) in the embedded database. */
export async function plantDemo(dataDir: string, env: Record<string, string>, scenarios: string[]): Promise<void> {
  writeDemo(dataDir, { state: "planting" });
  const result = join(dataDir, "demo.planted.json");
  await runTool("prisma/seed/run.ts", [result, ...scenarios], env, ["--import", "tsx"]);
  const planted: Planted = JSON.parse(readFileSync(result, "utf8"));
  rmSync(result);
  writeDemo(dataDir, { state: "planted", planted });
}
