import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Binaries, debianBinaries, embeddedBinaries } from "#infra/local/postgres/binaries.ts";
import { migrateDatabase } from "#infra/local/postgres/migrate-database.ts";
import { createDatabase, type Login, prepareDatabase } from "#infra/local/postgres/prepare-database.ts";
import { type Cluster, startCluster } from "#infra/local/postgres/start-cluster.ts";
import { migrateQueue } from "#server/queue/migrate-queue.ts";

/** What a test process needs to make databases on the run's own PostgreSQL. Plain data: it travels between processes. */
export interface TestCluster {
  port: number;
  major: number;
  dataDir: string;
  adminPassword: string;
  passwords: Record<Login, string>;
}

export const templateName = "chevet_template";

/**
 * Starts a PostgreSQL of this run alone, on a free port, with a migrated template database.
 * `CHEVET_TEST_POSTGRES=15` runs on Debian's instead of the embedded 18.
 */
export async function startTestCluster(): Promise<{ cluster: TestCluster; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "chevet-test-"));
  // PostgreSQL may run as another user than root: it must be able to pass through, not to list.
  chmodSync(folder, 0o711);
  const secret = () => randomBytes(18).toString("base64url");
  const passwords = { chevet_owner: secret(), chevet_web: secret(), chevet_worker: secret(), chevet_queue: secret() };
  const adminPassword = secret();
  const binaries = wantedBinaries();
  const dataDir = join(folder, "data");
  // A test's kill never takes the machine down with it, so nothing is gained by waiting for the disk.
  const settings = { fsync: "off", full_page_writes: "off", max_connections: "400" };
  const server = await startCluster({ dataDir, password: adminPassword, binaries, settings });
  const stop = async () => {
    await server.stop().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server, passwords);
  } catch (error) {
    await stop();
    throw error;
  }
  return { cluster: { port: server.port, major: binaries.major, dataDir, adminPassword, passwords }, stop };
}

function wantedBinaries(): Binaries {
  const wanted = process.env.CHEVET_TEST_POSTGRES;
  if (!wanted) return embeddedBinaries();
  const found = debianBinaries(Number(wanted));
  if (!found) throw new Error(`PostgreSQL ${wanted} is not installed`);
  return found;
}

async function makeTemplate(server: Cluster, passwords: Record<Login, string>): Promise<void> {
  await createDatabase(server.url("postgres"), templateName);
  await prepareDatabase(server.url(templateName), passwords);
  const ownerUrl = server.url(templateName, "chevet_owner", passwords.chevet_owner);
  await migrateDatabase(ownerUrl);
  await migrateQueue(ownerUrl);
  const admin = new pg.Client({ connectionString: server.url("postgres") });
  await admin.connect();
  try {
    await admin.query(`alter database ${templateName} is_template true allow_connections false`);
  } finally {
    await admin.end();
  }
}
