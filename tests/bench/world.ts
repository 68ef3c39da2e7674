import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { keptJson, localKeys, randomSecret } from "#infra/local/local-keys.ts";
import { fromRoot } from "#infra/local/paths.ts";
import { migrateDatabase } from "#infra/local/postgres/migrate-database.ts";
import { createDatabase, dropDatabase, logins, prepareDatabase } from "#infra/local/postgres/prepare-database.ts";
import { startCluster } from "#infra/local/postgres/start-cluster.ts";
import { migrateQueue } from "#server/queue/migrate-queue.ts";
import { type GeneratedClinic, generate, type Plan } from "./generate.ts";

/** A running PostgreSQL with a large host's data, kept under .chevet/bench between runs. */
export interface World {
  readonly adminUrl: string;
  readonly url: (login: keyof typeof logins) => string;
  /** Largest first. */
  readonly clinics: readonly GeneratedClinic[];
  /** The largest, the median one, and one near the small end. */
  readonly large: GeneratedClinic;
  readonly small: GeneratedClinic;
  readonly dataDir: string;
  /** Processes of this PostgreSQL are the children of this one. */
  readonly postmasterPid: number;
  stop(): Promise<void>;
}

/** Where a world is kept, and what is in it. */
interface WorldPlan {
  readonly folder: string;
  readonly plan: Plan;
  /** What is made once the clinics and their patients are there, and the files that it comes from: changed, they make the world anew. */
  readonly more?: {
    readonly files: readonly string[];
    make(adminUrl: string, clinics: readonly GeneratedClinic[], progress: (done: string) => void): Promise<void>;
  };
}

const fullWorld: WorldPlan = {
  folder: ".chevet/bench",
  plan: { clinics: 1_000, patients: 1_000_000, largest: 100_000 },
};
/** Made in seconds, to try a measure while it is being written. */
const smallWorld: WorldPlan = {
  folder: ".chevet/bench-small",
  plan: { clinics: 20, patients: 20_000, largest: 5_000 },
};

const databaseName = "bench";

/** Opens the world, making it in minutes when it is not there or when the schema or the generator changed since. */
export async function openWorld(
  { plan, folder, more }: WorldPlan = process.env.CHEVET_BENCH_SMALL === "1" ? smallWorld : fullWorld,
): Promise<World> {
  const dataDir = fromRoot(folder);
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const { postgres, ...passwords } = keptJson(join(dataDir, "database.json"), () => ({
    postgres: randomSecret(),
    chevet_owner: randomSecret(),
    chevet_web: randomSecret(),
    chevet_worker: randomSecret(),
    chevet_queue: randomSecret(),
  }));
  const cluster = await startCluster({
    dataDir: join(dataDir, "postgres"),
    password: postgres,
    // Room for the whole of it, as a host would give; every commit waits for the disk, as it must.
    settings: { shared_buffers: "2GB", max_connections: "100", max_wal_size: "8GB", jit: "off" },
  });
  const adminUrl = cluster.url(databaseName);
  const url = (login: keyof typeof logins) => cluster.url(databaseName, login, passwords[login]);
  const stamp = hash(JSON.stringify(plan), ...[...generators, ...(more?.files ?? [])].map(contentOf));
  const made = join(dataDir, "made.json");
  if (!isStill(readMade(made), stamp)) {
    rmSync(made, { force: true });
    rmSync(join(dataDir, "keys"), { recursive: true, force: true });
    await dropDatabase(cluster.url("postgres"), databaseName);
  }
  Object.assign(process.env, localKeys(dataDir), { CHEVET_DATA_DIR: dataDir, CHEVET_LOCAL: "1" });
  for (const [login, name] of Object.entries(logins)) process.env[name] = url(login as keyof typeof logins);
  if (!existsSync(made)) {
    const started = performance.now();
    await createDatabase(cluster.url("postgres"), databaseName);
    await prepareDatabase(adminUrl, passwords);
    await migrateDatabase(url("chevet_owner"));
    const progress = (done: string) =>
      console.log(`  ${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${done}`);
    const clinics = await generate(adminUrl, plan, progress);
    await more?.make(adminUrl, clinics, progress);
    writeFileSync(made, JSON.stringify({ stamp, migrations: migrations(), clinics }));
  }
  // Those that came since; data made under an edited one was thrown away above.
  await migrateDatabase(url("chevet_owner"));
  // The worker waits for the queue's own tables, and one that waits burdens nothing.
  await migrateQueue(url("chevet_owner"));
  const { clinics } = readMade(made) ?? { clinics: [] };
  const [large, small] = [clinics[0], clinics[Math.floor(clinics.length / 2)]];
  if (!large || !small) throw new Error("the plan has too few clinics");
  const postmasterPid = Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  return { adminUrl, url, clinics, large, small, dataDir, postmasterPid, stop: cluster.stop };
}

interface Made {
  stamp: string;
  /** What each migration was when the data were made. */
  migrations: Record<string, string>;
  clinics: GeneratedClinic[];
}

function readMade(file: string): Made | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function isStill(made: Made | undefined, stamp: string): boolean {
  if (made?.stamp !== stamp) return false;
  const now = migrations();
  return Object.entries(made.migrations).every(([name, content]) => now[name] === content);
}

/** Where the people come from, beside the schema. */
const generators = [
  "tests/bench/generate.ts",
  "prisma/seed/fictional-patient.ts",
  "prisma/seed/quebec-names.ts",
  "server/patient/fold-name.ts",
];

const contentOf = (path: string) => readFileSync(fromRoot(path), "utf8");
const hash = (...parts: string[]) => createHash("sha256").update(parts.join("\0")).digest("hex");

function migrations(): Record<string, string> {
  const folders = readdirSync(fromRoot("prisma/migrations"), { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  );
  return Object.fromEntries(
    folders.map(({ name }) => [name, hash(contentOf(`prisma/migrations/${name}/migration.sql`))]),
  );
}

/** A connection of its own, as the superuser unless another address is given. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
