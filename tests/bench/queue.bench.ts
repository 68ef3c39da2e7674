import { pathToFileURL } from "node:url";
import { copyTemplate, databaseVariables } from "#tests/database/fresh-database.ts";
import { startTestCluster } from "#tests/database/test-cluster.ts";
import { redisInstalled, startRedis } from "#tests/servers/redis-server.ts";
import { printRows, type Row } from "./print-rows.ts";

/** Outbox to handled, on both backends: relay, queue, worker and the deletion of the row, in one process beside an embedded PostgreSQL. */
export async function run(): Promise<Row[]> {
  const { cluster, stop } = await startTestCluster();
  const redis = redisInstalled ? await startRedis() : undefined;
  try {
    const database = await copyTemplate(cluster);
    // Before any server code is loaded: it reads the environment once.
    Object.assign(process.env, databaseVariables(database), { LOG_LEVEL: "silent" });
    const { measureQueue } = await import("./measure-queue.ts");
    return await measureQueue(database, redis?.url);
  } finally {
    await redis?.stop();
    await stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  printRows("Queue", await run());
  process.exit(0);
}
