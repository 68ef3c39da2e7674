import { redisInstalled, startRedis } from "#tests/servers/redis-server.ts";
import { openBusyHost } from "./busy-host.ts";
import type { Bench } from "./measure.ts";

/** Ten thousand reminders that are due in the same minute, among the million that wait for theirs: outbox to SMTP answer, on both backends. */
export const run: Bench["run"] = async () => {
  const world = await openBusyHost();
  const redis = redisInstalled ? await startRedis() : undefined;
  try {
    // Before any server code is loaded: it reads the environment once.
    Object.assign(process.env, {
      CHEVET_ORIGIN: "https://chevet.exemple.quebec",
      LOG_LEVEL: "silent",
      NODE_ENV: "production",
    });
    const { ensurePlatformKey } = await import("#server/crypto/create-clinic-key.ts");
    await ensurePlatformKey();
    const { measureReminders } = await import("./measure-reminders.ts");
    return { rows: await measureReminders(world, redis?.url) };
  } finally {
    await redis?.stop();
    await world.stop();
  }
};
