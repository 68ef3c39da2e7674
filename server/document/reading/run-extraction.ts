import { Worker } from "node:worker_threads";
import type { MediaType } from "./check-document.ts";
import type { Extraction } from "./extract-text.ts";

const longestMs = 60_000;
const mostHeapMb = 512;
const failed: Extraction = { state: "failed", pages: null, text: "" };

/**
 * Reads a document's text in a thread of its own: a minute and half a gigabyte at most, whatever the file does. A file that cannot be read is
 * `failed`, never an error: it is kept and shown all the same.
 * @param content moved to the thread: nobody may use it afterwards
 */
export function runExtraction(content: Buffer, type: MediaType, limitMs: number = longestMs): Promise<Extraction> {
  const bytes = new Uint8Array(content);
  const thread = new Worker(entry.code, {
    eval: entry.eval,
    workerData: { content: bytes, type },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
    // What a library says of a hostile file belongs in nobody's log.
    stdout: true,
    stderr: true,
  });
  return new Promise((resolve) => {
    const late = setTimeout(() => void thread.terminate(), limitMs);
    thread.once("message", (extraction: Extraction) => resolve(extraction));
    thread.once("error", () => resolve(failed));
    thread.once("exit", () => {
      clearTimeout(late);
      resolve(failed);
    });
  });
}

/**
 * In the folder of its own name once bundled (infra/local/build.ts). From its source the thread must first learn to read TypeScript: Node passes
 * no loader on to it.
 */
const entry = import.meta.url.endsWith(".ts")
  ? {
      code: `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(new URL("./extract-thread.ts", import.meta.url).href)}); });`,
      eval: true,
    }
  : { code: new URL("./document/reading/extract-thread.js", import.meta.url), eval: false };
