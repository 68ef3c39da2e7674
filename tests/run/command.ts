import { spawn } from "node:child_process";
import { root } from "#infra/local/paths.ts";

interface Ended {
  code: number;
  output: string;
}

interface Options {
  env?: Record<string, string>;
  /** Show what it says while it runs. */
  live?: boolean;
}

/** Runs a command in the checkout and gives what it said and how it ended. */
export function command(name: string, args: string[], { env, live = false }: Options = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    const hear = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
      chunks.push(chunk);
      if (live) stream.write(chunk);
    };
    child.stdout.on("data", hear(process.stdout));
    child.stderr.on("data", hear(process.stderr));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** Runs a program of node_modules by its script. */
export function nodeCommand(script: string, args: string[], options?: Options): Promise<Ended> {
  return command(process.execPath, [script, ...args], options);
}
