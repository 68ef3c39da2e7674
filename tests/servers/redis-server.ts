import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "#infra/local/free-port.ts";

/** A real Redis of a test's own, on loopback. It keeps nothing on disk: a kill forgets everything, the worst that can happen. */
export interface RedisServer {
  url: string;
  /** kill -9, and nothing more. */
  kill(): Promise<void>;
  /** kill -9, then a start on the same port with nothing left in it. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether this machine has a redis-server. A test that needs one and finds none says so loudly. */
export const redisInstalled: boolean = spawnSync("redis-server", ["--version"]).status === 0;

export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "chevet-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = await spawnRedis(port, folder);
  const kill = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve();
      server.once("exit", () => resolve());
      server.kill(signal);
    });
  return {
    url,
    kill: () => kill("SIGKILL"),
    async killAndRestart() {
      await kill("SIGKILL");
      server = await spawnRedis(port, folder);
    },
    async stop() {
      await kill("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function spawnRedis(port: number, folder: string): Promise<ChildProcess> {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const server = spawn("redis-server", [...options, "--maxmemory-policy", "noeviction"], { stdio: "ignore" });
  const probe = new Redis(port, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  probe.on("error", () => undefined);
  for (let tries = 0; tries < 100; tries += 1) {
    const up = await probe.connect().then(
      () => true,
      () => false,
    );
    if (up) {
      probe.disconnect();
      return server;
    }
    await sleep(50);
  }
  server.kill("SIGKILL");
  throw new Error("redis-server did not start");
}
