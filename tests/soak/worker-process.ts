import { type ChildProcess, fork } from "node:child_process";
import { fromRoot } from "#infra/local/paths.ts";

/** A worker in a process of its own, to be killed at any point. */
export class WorkerProcess {
  private child: ChildProcess | undefined;
  private readonly env: Record<string, string>;
  /** What all its lives printed. */
  log = "";

  constructor(env: Record<string, string>) {
    this.env = env;
  }

  /** Starts it, and waits until it works. */
  async start(): Promise<void> {
    const child = fork(fromRoot("tests/soak/queue-worker.ts"), {
      execArgv: ["--import", "tsx"],
      cwd: fromRoot("."),
      env: { ...process.env, ...this.env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.log += chunk.toString();
      });
    }
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", (code) => reject(new Error(`the worker ended (${code})\n${this.log.slice(-2000)}`)));
    });
  }

  /** Ends it and waits until it is gone. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    return new Promise((resolve) => {
      child.once("exit", (code) => resolve(code));
      child.kill(signal);
    });
  }
}
