import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

interface Program {
  readonly source: URL;
  readonly name: string;
}

interface Bounds {
  readonly limitMs: number;
  /** Of what it keeps in mind; the bytes of files, packed or not, are counted apart (`mostBesideMb`). */
  readonly mostHeapMb: number;
  /** Bytes of what it says; one that says more is ended. */
  readonly mostSaid: number;
  /** Nobody waits for it any more. */
  readonly signal?: AbortSignal;
}

/** A file of a hundred megabytes, several times over; one that unpacks into more is made to harm. */
const mostBesideMb = 512;

/**
 * Looks at a stranger's file in a process of its own, within a time and a memory, whatever the file does: a thread that runs out of memory may take
 * its whole process with it. It is given the file, one word, and nothing of this process's environment.
 * @param program its file as it is written, and its name under `server/document`, under which infra/local/build.ts bundles it as an entry
 * @returns what it said, or undefined when it could not, or not in time
 */
export function runApart(
  program: Program,
  content: Uint8Array,
  word: string,
  { limitMs, mostHeapMb, mostSaid, signal }: Bounds,
): Promise<Buffer | undefined> {
  if (signal?.aborted) return Promise.resolve(undefined);
  const whole = String(mostHeapMb + mostBesideMb);
  const child = spawn(process.execPath, [...limitsOf(mostHeapMb), ...entryOf(program), word, whole], {
    env: { NODE_ENV: "production" },
    // Where a loader is found from; what a library says of a hostile file belongs in nobody's log, so that it answers on a way of its own.
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdio: ["pipe", "ignore", "ignore", "pipe"],
    timeout: limitMs,
    killSignal: "SIGKILL",
    signal,
  });
  const end = () => void child.kill("SIGKILL");
  process.once("exit", end);
  const said: Buffer[] = [];
  let length = 0;
  child.stdio[3]?.on("data", (part: Buffer) => {
    length += part.length;
    if (length > mostSaid) end();
    else said.push(part);
  });
  // It may end before it has read the whole.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(content);
  return new Promise((resolve) => {
    const settle = (answer: Buffer | undefined) => {
      process.off("exit", end);
      resolve(answer);
    };
    // It could not be started, or nobody waits for it.
    child.once("error", () => settle(undefined));
    child.once("close", (code) => settle(code === 0 && length <= mostSaid ? Buffer.concat(said) : undefined));
  });
}

/** Its stack is shorter than ours: what it could walk to the bottom, whoever reads its answer can. */
const limitsOf = (mostHeapMb: number) => [`--max-old-space-size=${mostHeapMb}`, "--stack-size=700"];

/** In the folder of its own name once bundled (infra/local/build.ts). From its source the process must first learn to read TypeScript. */
function entryOf({ source, name }: Program): string[] {
  if (!import.meta.url.endsWith(".ts")) return [fileURLToPath(new URL(`./document/${name}.js`, import.meta.url))];
  return ["--import", "tsx/esm", fileURLToPath(source)];
}
