import { readFileSync } from "node:fs";
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
      const [pid] = readFileSync(join(cluster.dataDir, "postmaster.pid"), "utf8").split("\n");
      process.kill(Number(pid), "SIGKILL");
      await sleep(downMs);
      // The killed server's children must have noticed before another may use the same memory.
      for (let tries = 0; ; tries += 1) {
        try {
          await startCluster(options);
          return;
        } catch (error) {
          if (tries > 50) throw error;
          await sleep(100);
        }
      }
    },
    stop,
  };
}
