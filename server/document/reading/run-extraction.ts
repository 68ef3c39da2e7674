import type { MediaType } from "./check-document.ts";
import type { Extraction } from "./extract-text.ts";
import { runThread } from "./run-thread.ts";

const thread = { source: new URL("./extract-thread.ts", import.meta.url), name: "reading/extract-thread" };
const longestMs = 60_000;
const mostHeapMb = 512;
const failed: Extraction = { state: "failed", pages: null, text: "" };

/**
 * Reads a document's text in a thread of its own: a minute and half a gigabyte at most, whatever the file does. A file that cannot be read is
 * `failed`, never an error: it is kept and shown all the same.
 * @param content moved to the thread: nobody may use it afterwards
 */
export async function runExtraction(
  content: Buffer,
  type: MediaType,
  limitMs: number = longestMs,
): Promise<Extraction> {
  return (await runThread<Extraction>(thread, content, { type }, { limitMs, mostHeapMb })) ?? failed;
}
