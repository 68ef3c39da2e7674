import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { localKeys } from "#infra/local/local-keys.ts";
import { copyTemplate, databaseVariables } from "#tests/database/fresh-database.ts";
import { startTestCluster } from "#tests/database/test-cluster.ts";
import { redisInstalled, startRedis } from "#tests/servers/redis-server.ts";
import { printRows, type Row } from "./print-rows.ts";

/** Ten thousand reminders that are due in the same minute: outbox to SMTP answer, on both backends. */
export async function run(): Promise<Row[]> {
  const { cluster, stop } = await startTestCluster();
  const redis = redisInstalled ? await startRedis() : undefined;
  const dataDir = mkdtempSync(join(tmpdir(), "chevet-bench-"));
  try {
    const database = await copyTemplate(cluster);
    // Before any server code is loaded: it reads the environment once.
    Object.assign(process.env, databaseVariables(database), localKeys(dataDir), {
      CHEVET_ORIGIN: "https://chevet.exemple.quebec",
      LOG_LEVEL: "silent",
      CHEVET_LOCAL: "1",
      NODE_ENV: "production",
    });
    const { ensurePlatformKey } = await import("#server/crypto/create-clinic-key.ts");
    await ensurePlatformKey();
    const { measureReminders } = await import("./measure-reminders.ts");
    return await measureReminders(database, redis?.url);
  } finally {
    await redis?.stop();
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  printRows("Reminders", await run());
  process.exit(0);
}
