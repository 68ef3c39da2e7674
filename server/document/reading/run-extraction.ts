import type { MediaType } from "./check-document.ts";
import { type Extraction, LONGEST_TEXT } from "./extract-text.ts";
import { runApart } from "./run-apart.ts";

const program = { source: new URL("./extract-apart.ts", import.meta.url), name: "reading/extract-apart" };
const longestMs = 60_000;
const mostHeapMb = 512;
/** A character takes four bytes at most in UTF-8, six as JSON writes a mark. */
const mostSaid = LONGEST_TEXT * 6 + 1_000;
const failed: Extraction = { state: "failed", pages: null, text: "" };

/**
 * Reads a document's text in a process of its own: a minute and half a gigabyte at most, whatever the file does. A file that cannot be read is
 * `failed`, never an error: it is kept and shown all the same.
 */
export async function runExtraction(
  content: Buffer,
  type: MediaType,
  limitMs: number = longestMs,
): Promise<Extraction> {
  const said = await runApart(program, content, type, { limitMs, mostHeapMb, mostSaid });
  return said ? (JSON.parse(said.toString()) as Extraction) : failed;
}
