import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { fromRoot } from "#infra/local/paths.ts";
import type { Job, RecurringJob } from "#server/queue/define-job.ts";

/** Every file of server/, generated ones aside. */
export function serverSources(): string[] {
  return readdirSync(fromRoot("server"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(join("db", "generated")))
    .map((file) => fromRoot(join("server", file)));
}

/** Where jobs are declared: the `jobs.ts` of each noun. */
export const jobFiles = (): string[] => serverSources().filter((file) => file.endsWith(`${sep}jobs.ts`));

/** Every job of the house, found by reading the tree: a new one is held to the rules without anyone remembering. */
export async function declaredJobs(): Promise<(Job | RecurringJob)[]> {
  const modules = await Promise.all(jobFiles().map((file) => import(/* @vite-ignore */ file)));
  return modules.flatMap((module) => Object.values(module)) as (Job | RecurringJob)[];
}
