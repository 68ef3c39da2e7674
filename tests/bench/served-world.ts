import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { distDir } from "#infra/local/build.ts";
import { freePort } from "#infra/local/free-port.ts";
import { choosePorts, localEnv } from "#infra/local/local-env.ts";
import { root } from "#infra/local/paths.ts";
import { lastWords } from "#infra/local/run-process.ts";
import { waitServed } from "#infra/local/wait-served.ts";
import { cookieName } from "#server/auth/cookies.ts";
import { openSession } from "#server/auth/session/open-session.ts";
import { newId } from "#server/db/new-id.ts";
import { cpuOf } from "./process-use.ts";
import type { World } from "./world.ts";

/** The built web and worker processes, serving a world, and somebody who has signed in to its largest clinic. */
export interface Served {
  readonly url: string;
  readonly web: number;
  readonly worker: number;
  /** Where the first web process tells its metrics. */
  readonly metricsUrl: string;
  /** The addresses of all the web processes, the first one's among them; they share one origin. */
  readonly urls: readonly string[];
  /** Another session of the same person. */
  openSession(): Promise<string>;
  /** What the owner of the largest clinic sends with each call. */
  readonly cookie: string;
  stop(): Promise<void>;
}

/** Starts what `npm run build` made, as a service would: no development, no source maps, one connection pool each. */
export async function serveWorld(world: World, webs = 1): Promise<Served> {
  const ports = await choosePorts({ NODE_ENV: "production" }, {});
  const env = {
    ...localEnv(process.env, world.dataDir, ".next", ports),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    LOG_LEVEL: "warn",
  };
  const start = (name: string, more = {}) =>
    startProgram([join(distDir, `${name}.js`)], { ...env, ...more }, join(world.dataDir, `${name}.log`));
  const [web, worker] = [start("web", { METRICS_PORT: String(ports.webMetrics) }), start("worker")];
  const url = `http://localhost:${ports.web}`;
  const others: { port: number; program: Program }[] = [];
  for (let n = 1; n < webs; n += 1) {
    const port = await freePort();
    const own = { ...env, CHEVET_ORIGIN: url, CHEVET_LOCAL: "1", PORT: String(port), METRICS_PORT: "" };
    others.push({ port, program: startProgram([join(distDir, "web.js")], own, join(world.dataDir, `web-${n}.log`)) });
  }
  await waitServed(`http://127.0.0.1:${ports.web}/health/ready`, 60_000, web.failure);
  for (const { port, program } of others)
    await waitServed(`http://127.0.0.1:${port}/health/ready`, 60_000, program.failure);
  await settled(worker.pid);
  const signIn = async () => {
    const { token } = await openSession(
      { requestId: newId(), locale: "fr", origin: { address: "127.0.0.1", userAgent: "bench" } },
      { userId: world.large.ownerId, realm: "staff", method: "password", secondFactor: true, newDevice: false },
    );
    return `${cookieName("staff", url)}=${token}`;
  };
  return {
    url,
    metricsUrl: `http://127.0.0.1:${ports.webMetrics}/metrics`,
    urls: [`http://127.0.0.1:${ports.web}`, ...others.map(({ port }) => `http://127.0.0.1:${port}`)],
    web: web.pid,
    worker: worker.pid,
    openSession: signIn,
    cookie: await signIn(),
    stop: async () =>
      void (await Promise.all([web.stop(), worker.stop(), ...others.map(({ program }) => program.stop())])),
  };
}

/** A worker that has just started looks at the journal of every clinic: what is measured is a host that has been up for a while. */
async function settled(worker: number): Promise<void> {
  for (let tries = 0; tries < 30; tries += 1) {
    const before = cpuOf(worker);
    await sleep(2000);
    // Where the use cannot be told there is nothing to wait for.
    if (!(cpuOf(worker) - before > 100)) return;
  }
}

export interface Program {
  readonly pid: number;
  /** Why it ended by itself; undefined while it lives. */
  failure(): Error | undefined;
  stop(): Promise<void>;
}

/** A Node program in a process of its own, its words in a file. */
export function startProgram(args: readonly string[], env: Record<string, string>, logFile: string): Program {
  const log = openSync(logFile, "a", 0o600);
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    pid: child.pid ?? 0,
    failure: () => (child.exitCode === null ? undefined : new Error(`${args.at(-1)} ended:\n${lastWords(logFile)}`)),
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
