import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { endProcess } from "./instance.ts";
import { root } from "./paths.ts";
import { isStopping, onKill } from "./stopping.ts";

interface Program {
  name: string;
  /** Words after `node`. */
  args: string[];
  env: Record<string, string | undefined>;
  logFile: string;
  mark: string;
  /** Called with each process number, so that the next start can find it. */
  onStart(pid: number): void;
  /** Called when it keeps dying. */
  onGiveUp(lastWords: string): void;
}

export interface Running {
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Longer than the worker lets running jobs go on after it was asked to end. */
const patienceMs = 25_000;
const mostDeaths = 5;

/**
 * Keeps one of our programs running: when it dies it is started again, and given up after five deaths in a minute.
 * It has a process group of its own (Ctrl-C reaches it through us, in order) and logs to a file (it outlives our end).
 */
export function runProcess(program: Program): Running {
  let child: ChildProcess;
  let deaths: number[] = [];
  const asked = new WeakSet<ChildProcess>();

  const start = () => {
    const log = openSync(program.logFile, "a", 0o600);
    const env = { ...process.env, ...program.env };
    const started = spawn(process.execPath, [...program.args, program.mark], {
      cwd: root,
      env,
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child = started;
    if (started.pid) program.onStart(started.pid);
    started.once("exit", (code, signal) => {
      if (asked.has(started) || isStopping()) return;
      deaths = [...deaths.filter((time) => time > Date.now() - 60_000), Date.now()];
      // 78: the environment is wrong, and starting again would not mend it.
      if (code === 78 || deaths.length > mostDeaths) return program.onGiveUp(lastWords(program.logFile));
      console.error(`  ! ${program.name} s'est arrêté (${signal ?? code}), on le relance · ended, starting it again`);
      setTimeout(() => child === started && !asked.has(started) && !isStopping() && start(), 200 * deaths.length);
    });
  };
  const stop = async () => {
    asked.add(child);
    if (child.pid && child.exitCode === null && child.signalCode === null)
      await endProcess(child.pid, program.mark, patienceMs);
  };
  start();
  onKill(() => void child.kill("SIGKILL"));
  return {
    stop,
    restart: async () => {
      await stop();
      // The end may have begun while the old one was ending: what starts now would be nobody's to end.
      if (isStopping()) return;
      deaths = [];
      start();
    },
  };
}

/** The end of a log, for a person to read. */
export function lastWords(file: string): string {
  if (!existsSync(file)) return "";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-12).join("\n");
}
