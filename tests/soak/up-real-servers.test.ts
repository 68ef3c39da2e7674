import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { freePort } from "#infra/local/free-port.ts";
import { createDatabase } from "#infra/local/postgres/prepare-database.ts";
import { startTestCluster } from "#tests/database/test-cluster.ts";
import { startInstance } from "#tests/run/start-instance.ts";
import { redisInstalled, startRedis } from "#tests/servers/redis-server.ts";

const dataDir = mkdtempSync(join(tmpdir(), "chevet-real-"));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test.skipIf(!redisInstalled)(
  "a real PostgreSQL and a real Redis take the place of the embedded ones, without a demo",
  async () => {
    const { cluster, stop } = await startTestCluster();
    const redis = await startRedis();
    const url = (name: string) => `postgresql://postgres:${cluster.adminPassword}@127.0.0.1:${cluster.port}/${name}`;
    try {
      await createDatabase(url("postgres"), "clinic_house");
      const env = { PORT: String(await freePort()), DATABASE_URL: url("clinic_house"), REDIS_URL: redis.url };
      const instance = await startInstance(dataDir, { env });
      expect((await fetch(`${instance.url}/health/ready`)).status).toBe(200);
      expect(existsSync(join(dataDir, "postgres"))).toBe(false);
      expect(existsSync(join(dataDir, "demo.json"))).toBe(false);
      expect(await tables(url("clinic_house"))).toContain("clinic.patient");
      expect(await logSays(join(dataDir, "logs", "worker.log"), '"backend":"redis"')).toBe(true);
      expect(await instance.stop()).toBe(0);
    } finally {
      await redis.stop();
      await stop();
    }
  },
);

async function tables(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query("select schemaname || '.' || tablename as name from pg_tables");
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}

async function logSays(file: string, words: string): Promise<boolean> {
  for (let wait = 0; wait < 100; wait++) {
    if (existsSync(file) && readFileSync(file, "utf8").includes(words)) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}
