import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { debianBinaries, embeddedBinaries } from "#infra/local/postgres/binaries.ts";
import { startCluster } from "#infra/local/postgres/start-cluster.ts";
import { copyTemplate, type TestDatabase } from "#tests/database/fresh-database.ts";
import { startTestCluster } from "#tests/database/test-cluster.ts";

/** A PostgreSQL of a test's own, to be killed: the run's shared one must not be. */
export interface CrashablePostgres {
  database: TestDatabase;
  /** kill -9 of the server, without a word to anyone, then a start on the same port with the same data. */
  killAndRestart(downMs: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startCrashablePostgres(): Promise<CrashablePostgres> {
  const { cluster, stop } = await startTestCluster();
  const database = await copyTemplate(cluster);
  const binaries = cluster.major >= 18 ? embeddedBinaries() : debianBinaries(cluster.major);
  const options = {
    dataDir: cluster.dataDir,
    password: cluster.adminPassword,
    port: cluster.port,
    settings: { fsync: "off", full_page_writes: "off", max_connections: "400" },
    ...(binaries && { binaries }),
  };
  return {
    database,
    async killAndRestart(downMs) {
      const pidFile = join(cluster.dataDir, "postmaster.pid");
      process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGKILL");
      await sleep(downMs);
      // The killed server's children must have noticed before another may use the same files. Its own number may linger where nobody
      // reaps the dead (a container), and would be taken for a running server.
      while (processesIn(cluster.dataDir) > 0) await sleep(50);
      rmSync(pidFile, { force: true });
      const restarted = await startCluster(options);
      if (restarted.port !== cluster.port) throw new Error("PostgreSQL came back on another port");
    },
    stop,
  };
}

/** How many live processes stand in that folder, as each of PostgreSQL's does. */
function processesIn(folder: string): number {
  if (!existsSync("/proc")) return 0;
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  }).length;
}
