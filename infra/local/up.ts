import { existsSync, mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { EnvError, readEnv } from "#server/env.ts";
import { buildAll, generateClient } from "./build.ts";
import { clearOrphans } from "./clear-orphans.ts";
import { type Instance, readInstance, writeInstance } from "./instance.ts";
import { choosePorts, localEnv } from "./local-env.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./open-database.ts";
import { fromRoot } from "./paths.ts";
import { printTable } from "./print-table.ts";
import { plantDemo, readDemo, writeDemo } from "./seed.ts";
import { serve } from "./serve.ts";
import { Sentence, step } from "./steps.mjs";
import { stopAll, stopOnSignals } from "./stopping.ts";
import { wipe } from "./wipe.ts";

const usage = `npm run up -- [--dev] [--empty] [--fresh [--yes]] | --prepare
  --dev      reconstruit à chaque changement · rebuilds at each change
  --empty    sans démonstration · without the demo
  --fresh    efface d'abord les données locales · wipes the local data first
  --yes      répond oui · answers yes
  --prepare  prépare la base, applique les migrations, et s’arrête (infra/UPGRADE.md) · prepares the database, applies migrations, and ends
Variables : voir .env.example · see .env.example`;

/** Starts everything and returns once it is served; the process then lives until it is told to stop. */
export async function up(args: string[], startedAt: number): Promise<void> {
  const options = readOptions(args);
  if (options.help) return console.log(usage);
  if (existsSync(fromRoot(".env"))) process.loadEnvFile(fromRoot(".env"));
  stopOnSignals();
  try {
    if (!options.prepare) return await start(options, startedAt);
    await prepare();
    await stopAll();
  } catch (error) {
    await stopAll();
    throw error;
  }
}

function readOptions(args: string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({ args, options: { dev: flag, empty: flag, fresh: flag, yes: flag, prepare: flag, help: flag } })
      .values;
  } catch (error) {
    throw new Sentence(`${(error as Error).message}\n${usage}`);
  }
}

/** What an upgrade does to a database before the release that needs it is started: nothing is built or served. */
async function prepare(): Promise<void> {
  refuseBadVariables();
  const dataDir = fromRoot(process.env.CHEVET_DATA_DIR || ".chevet");
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  await generateClient();
  const database = await step("PostgreSQL", "PostgreSQL", () =>
    openDatabase({ env: process.env, dataDir, port: readInstance(dataDir).ports.postgres, leaveFound: true }),
  );
  await migrate(database.variables.CHEVET_OWNER_DATABASE_URL ?? process.env.CHEVET_OWNER_DATABASE_URL);
}

type Options = ReturnType<typeof readOptions>;

async function start(options: Options, startedAt: number): Promise<void> {
  refuseBadVariables();
  const dataDir = fromRoot(process.env.CHEVET_DATA_DIR || ".chevet");
  const nextDir = process.env.CHEVET_NEXT_DIR || (options.dev ? ".next-dev" : ".next");
  const instance = await takeDataDir(dataDir, options);

  await (options.dev ? generateClient() : buildAll(nextDir));
  const database = await step("PostgreSQL", "PostgreSQL", () =>
    openDatabase({ env: process.env, dataDir, port: instance.ports.postgres }),
  );
  const ports = await choosePorts(process.env, instance.ports);
  if (ports.busy)
    console.log(
      `  ! Port ${ports.busy} occupé, on prend ${ports.web} · port ${ports.busy} is busy, taking ${ports.web}`,
    );
  const env = { ...database.variables, ...localEnv(process.env, dataDir, nextDir, ports) };
  Object.assign(instance.ports, ports, database.port ? { postgres: database.port } : {});
  instance.url = env.CHEVET_ORIGIN;
  writeInstance(dataDir, instance);

  await migrate(env.CHEVET_OWNER_DATABASE_URL ?? process.env.CHEVET_OWNER_DATABASE_URL);
  if (database.embedded) await plantOnce(dataDir, env, options.empty);
  await serve({ dataDir, env, ports, instance, dev: options.dev });
  printTable({ env, demo: database.embedded ? readDemo(dataDir)?.planted : undefined, startedAt });
}

/** Told before anything is built or started. What a process needs beyond that is given below. */
function refuseBadVariables(): void {
  try {
    readEnv();
  } catch (error) {
    throw error instanceof EnvError ? new Sentence(error.message) : error;
  }
}

/** Makes this data folder ours: what a killed start left there is ended, what `--fresh` asks is wiped. */
async function takeDataDir(dataDir: string, options: Options): Promise<Instance> {
  // Others may pass through (PostgreSQL runs as another user when root starts it), nobody may list.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const instance = readInstance(dataDir);
  const orphans = await clearOrphans(instance, dataDir);
  if (orphans > 0) console.log(`  ! ${orphans} processus orphelins arrêtés · orphaned processes ended`);
  if (options.fresh) await wipe(dataDir, options.yes);
  const taken: Instance = { up: process.pid, processes: {}, ports: instance.ports };
  writeInstance(dataDir, taken);
  return taken;
}

/** The first start decides: a demo, or nothing. A later one changes nothing that people may have worked on. */
async function plantOnce(dataDir: string, env: Record<string, string>, empty: boolean): Promise<void> {
  const decided = readDemo(dataDir)?.state;
  if (decided === "planted" || decided === "empty") return;
  if (empty) return writeDemo(dataDir, { state: "empty" });
  await step("Démonstration", "Demo", () => plantDemo(dataDir, env, []));
}
