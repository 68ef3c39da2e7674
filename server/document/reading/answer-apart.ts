import { createWriteStream, writeFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";

/** The other end of `run-apart.ts`: reads the file, does the work, says what came of it and ends. A throw says nothing and ends it too. */
export async function answerApart(work: (content: Buffer, word: string) => Promise<string>): Promise<void> {
  endFirst();
  const said = await work(await buffer(process.stdin), process.argv[2] ?? "");
  // A library may leave something running behind.
  createWriteStream("", { fd: 3 }).end(said, () => process.exit());
}

/** A machine without memory ends this process rather than the server. Only Linux knows of it. */
function endFirst(): void {
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // Bounded by its heap all the same.
  }
}
