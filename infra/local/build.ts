import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { fromRoot, root } from "./paths.ts";
import { runTool } from "./run-tool.ts";
import { sourceHash, unlessDone } from "./source-hash.ts";
import { step } from "./steps.mjs";

const schemaSources = ["prisma/schema.prisma", "prisma/models", "prisma.config.ts", "package-lock.json"];
const serverSources = [
  "server",
  "emails",
  "infra/local/catcher",
  "prisma/schema.prisma",
  "prisma/models",
  "package.json",
  "package-lock.json",
];
const pageSources = ["app", "proxy.ts", "instrumentation.ts", "next.config.mjs", "package.json", "package-lock.json"];

/** The programs that production runs, from their entries; each is bundled with its own code only, packages stay outside. */
const entries = [
  "server/web.ts",
  "server/worker.ts",
  "server/command.ts",
  // Processes that are started by their path (server/document/reading/run-apart.ts).
  "server/document/joining/rewrite-apart.ts",
  "server/document/reading/extract-apart.ts",
  "server/document/showing/show-apart.ts",
];

/** Where `npm run build` puts the server's programs. */
export const distDir = fromRoot("dist");

/** Generates the Prisma client when the schema changed. Nothing is downloaded. */
export function generateClient(): Promise<string> {
  return step("Client Prisma", "Prisma client", () =>
    unlessDone(fromRoot("server/db/generated/.hash"), sourceHash(schemaSources), () =>
      runTool("node_modules/prisma/build/index.js", ["generate", "--no-hints"], {
        // `generate` never runs the engine, it only wants the file to exist instead of downloading one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: "1",
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
      }),
    ),
  );
}

/** Builds server and pages for production, each only when its sources changed. */
export async function buildAll(nextDir: string): Promise<void> {
  await generateClient();
  await step("Serveur", "Server", () => unlessDone(join(distDir, ".hash"), sourceHash(serverSources), buildServer));
  await step("Pages", "Pages", () =>
    unlessDone(fromRoot(join(nextDir, ".hash")), sourceHash([...pageSources, ...serverSources]), () =>
      buildPages(nextDir),
    ),
  );
}

async function buildServer(): Promise<void> {
  rmSync(distDir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries.filter((entry) => existsSync(fromRoot(entry))),
    outdir: distDir,
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    sourcemap: true,
    logLevel: "silent",
  });
}

function buildPages(nextDir: string): Promise<void> {
  return runTool("node_modules/next/dist/bin/next", ["build"], {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    CHEVET_NEXT_DIR: nextDir,
  });
}
