import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { readInstance } from "#infra/local/instance.ts";
import { root } from "#infra/local/paths.ts";

/** An instance begun with the start command itself. */
export interface StartedInstance {
  url: string;
  pid: number;
  /** All that it printed. */
  said(): string;
  /** Asks it to end, as Ctrl-C does, and waits. @returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** What closing its terminal does: nobody listens any more, then SIGHUP. */
  hangUp(): Promise<number | null>;
  /** `await using`: a failed expectation leaves no process behind. */
  [Symbol.asyncDispose](): Promise<void>;
}

interface Options {
  args?: string[];
  env?: Record<string, string>;
  /** Also keeps what it prints here, for other processes to read. */
  logFile?: string;
}

/**
 * Runs `up` in a data folder and returns once it says that it is ready. Settings of the caller's own environment that would
 * point it elsewhere are left out.
 * @throws with what it printed, when it ends before.
 */
export async function startInstance(
  dataDir: string,
  { args = [], env = {}, logFile }: Options = {},
): Promise<StartedInstance> {
  const clean = { ...process.env };
  for (const name of Object.keys(clean)) if (isOurs(name)) delete clean[name];
  const child = spawn(process.execPath, ["infra/local/up.mjs", ...args], {
    cwd: root,
    env: { ...clean, CHEVET_DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const hear = (chunk: Buffer) => {
    said += chunk;
    if (logFile) appendFileSync(logFile, chunk);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await ready(child, () => said);
  const stop = (signal: NodeJS.Signals = "SIGINT") => {
    child.kill(signal);
    return ended;
  };
  return {
    url: readInstance(dataDir).url ?? "",
    pid: child.pid ?? 0,
    said: () => said,
    stop,
    hangUp: () => {
      child.stdout.destroy();
      child.stderr.destroy();
      return stop("SIGHUP");
    },
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

function isOurs(name: string): boolean {
  return /^(CHEVET_|PORT$|DATABASE_|REDIS_URL$|SMTP_|S3_|MAIL_|METRICS_PORT$|LOG_LEVEL$|VITEST)/.test(name);
}

async function ready(child: ChildProcess, said: () => string): Promise<void> {
  while (!said().includes("Chevet is ready")) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`up ended early:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
