import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Measured } from "./measure.ts";

/** node run-one.ts <module> <result.json>: one bench in a process of its own, so that none warms or burdens another. */

const [module = "", result = ""] = process.argv.slice(2);
type Simple = { measure: string; value: string; note?: string };
const bench: { run(): Promise<Measured | Simple[]> } = await import(pathToFileURL(resolve(module)).href);
const made = await bench.run();
const measured: Measured = Array.isArray(made)
  ? { rows: made.map(({ measure, ...rest }) => ({ name: measure, ...rest })) }
  : made;
writeFileSync(result, JSON.stringify(measured));
process.exit(0);
