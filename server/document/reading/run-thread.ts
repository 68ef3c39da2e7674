import { Worker } from "node:worker_threads";

interface ThreadFile {
  readonly source: URL;
  readonly name: string;
}

interface Bounds {
  readonly limitMs: number;
  readonly mostHeapMb: number;
}

/**
 * Looks at a stranger's file in a thread of its own, within a time and a memory, whatever the file does.
 * @param thread its file as it is written, and its name under `server/document`, under which infra/local/build.ts bundles it as an entry
 * @param content moved to the thread: nobody may use it afterwards
 * @returns what the thread said, or undefined when it could not, or not in time
 */
export function runThread<Said>(
  { source, name }: ThreadFile,
  content: Buffer,
  more: Readonly<Record<string, string>>,
  { limitMs, mostHeapMb }: Bounds,
): Promise<Said | undefined> {
  const bytes = new Uint8Array(content);
  const { code, isSource } = entryOf(source, name);
  const thread = new Worker(code, {
    eval: isSource,
    workerData: { content: bytes, ...more },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
    // What a library says of a hostile file belongs in nobody's log.
    stdout: true,
    stderr: true,
  });
  return new Promise((resolve) => {
    const late = setTimeout(() => void thread.terminate(), limitMs);
    thread.once("message", (said: Said) => resolve(said));
    thread.once("error", () => resolve(undefined));
    thread.once("exit", () => {
      clearTimeout(late);
      resolve(undefined);
    });
  });
}

/**
 * In the folder of its own name once bundled (infra/local/build.ts). From its source the thread must first learn to read TypeScript: Node passes
 * no loader on to it.
 */
function entryOf(source: URL, name: string) {
  if (!import.meta.url.endsWith(".ts"))
    return { code: new URL(`./document/${name}.js`, import.meta.url), isSource: false };
  return {
    code: `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(source.href)}); });`,
    isSource: true,
  };
}
