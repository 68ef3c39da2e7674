import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { keptJson, localKeys, randomSecret } from "#infra/local/local-keys.ts";
import { fromRoot } from "#infra/local/paths.ts";
import { migrateDatabase } from "#infra/local/postgres/migrate-database.ts";
import { createDatabase, dropDatabase, logins, prepareDatabase } from "#infra/local/postgres/prepare-database.ts";
import { startCluster } from "#infra/local/postgres/start-cluster.ts";
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

export const fullPlan: Plan = { clinics: 1_000, patients: 1_000_000, largest: 100_000 };

const databaseName = "bench";

/** Opens the world, making it in minutes when it is not there or when the schema or the generator changed since. */
export async function openWorld(plan: Plan = fullPlan, folder = ".chevet/bench"): Promise<World> {
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
  const stamp = createHash("sha256").update(JSON.stringify(plan)).update(sources()).digest("hex");
  const made = join(dataDir, "made.json");
  if (readMade(made)?.stamp !== stamp) {
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
    const clinics = await generate(adminUrl, plan, (done) =>
      console.log(`  ${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${done}`),
    );
    writeFileSync(made, JSON.stringify({ stamp, clinics, seconds: (performance.now() - started) / 1000 }));
  }
  const { clinics } = readMade(made) ?? { clinics: [] };
  const [large, small] = [clinics[0], clinics[Math.floor(clinics.length / 2)]];
  if (!large || !small) throw new Error("the plan has too few clinics");
  const postmasterPid = Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  return { adminUrl, url, clinics, large, small, dataDir, postmasterPid, stop: cluster.stop };
}

interface Made {
  stamp: string;
  clinics: GeneratedClinic[];
  seconds: number;
}

function readMade(file: string): Made | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** What the data depend on: the schema, the generator, and the folding of names. */
function sources(): string {
  const migrations = readdirSync(fromRoot("prisma/migrations")).sort();
  const files = [
    ...migrations.map((name) => `prisma/migrations/${name}/migration.sql`),
    "tests/bench/generate.ts",
    "tests/factories/patient.ts",
    "tests/factories/quebec-names.ts",
    "server/patient/fold-name.ts",
  ];
  return files
    .map(fromRoot)
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\0");
}

/** A connection of its own, as the superuser unless another address is given. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
