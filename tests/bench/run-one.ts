import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Bench } from "./measure.ts";

/** node run-one.ts <module> <result.json>: one bench in a process of its own, so that none warms or burdens another. */

const [module = "", result = ""] = process.argv.slice(2);
const bench: Bench = await import(pathToFileURL(resolve(module)).href);
writeFileSync(result, JSON.stringify(await bench.run()));
process.exit(0);
