import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a running instance notes in its data folder, so that the next start finds what a killed one left behind. */
export interface Instance {
  /** The start command. */
  up?: number;
  processes: Record<string, number>;
  /** Ports are kept from one start to the next when they are free. */
  ports: Record<string, number>;
  url?: string;
}

/** The mark that our processes carry in their command line, so that a recycled process number is never taken for ours. */
export function instanceMark(dataDir: string): string {
  return `--instance=${dataDir}`;
}

export function readInstance(dataDir: string): Instance {
  const file = join(dataDir, "instance.json");
  if (!existsSync(file)) return { processes: {}, ports: {} };
  return JSON.parse(readFileSync(file, "utf8"));
}

export function writeInstance(dataDir: string, instance: Instance): void {
  const file = join(dataDir, "instance.json");
  writeFileSync(`${file}.new`, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** True when that process runs and its command line holds `mark`. */
export function isOurs(pid: number | undefined, mark: string): boolean {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return commandLine(pid).includes(mark);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** Asks a process to end, waits, then forces it. */
export async function endProcess(pid: number, mark: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  signal(pid, "SIGTERM");
  while (isOurs(pid, mark)) {
    if (Date.now() > deadline) return signal(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}
