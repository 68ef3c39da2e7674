import { existsSync } from "node:fs";
import { generateClient } from "#infra/local/build.ts";
import { fromRoot } from "#infra/local/paths.ts";
import { auditPackages } from "./audit-packages.ts";
import { nodeCommand } from "./command.ts";
import { failed, passed, type Step, type Tally, type Together } from "./tally.ts";

const cruised = ["app", "server", "emails", "infra", "prisma", "tests", "proxy.ts"];

/** What is checked without running anything, by the native TypeScript compiler: a third of the wait, and the same verdicts. */
export function staticSteps(): (Step | Together)[] {
  return [
    { title: "Fichier de verrou · lock file", run: () => verdict("infra/local/mend-lock.mjs", ["--check"]) },
    { title: "Client Prisma · Prisma client", run: () => generateClient().then(() => passed()) },
    [
      {
        title: "Forme · format and lint",
        run: () => verdict("node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]),
      },
      { title: "Types · types", run: () => verdict("node_modules/typescript-fast/bin/tsc", ["-p", ".", "--noEmit"]) },
      { title: "Flèches · import rules", run: checkArrows },
      { title: "Code mort · dead code", run: () => verdict("node_modules/knip/bin/knip.js", ["--no-progress"]) },
      { title: "Failles connues · known flaws", run: () => auditPackages() },
    ],
  ];
}

async function verdict(script: string, args: string[]): Promise<Tally> {
  const { code, output } = await nodeCommand(script, args);
  return code === 0 ? passed() : failed(output);
}

function checkArrows(): Promise<Tally> {
  const folders = cruised.filter((name) => existsSync(fromRoot(name)));
  const script = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
  return verdict(script, ["--config", ".dependency-cruiser.cjs", ...folders]);
}
