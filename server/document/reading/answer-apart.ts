import { createWriteStream, writeFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { Worker } from "node:worker_threads";

/** The other end of `run-apart.ts`: reads the file, does the work, says what came of it and ends. A throw says nothing and ends it too. */
export async function answerApart(
  work: (content: Buffer, word: string) => Promise<string | Uint8Array>,
): Promise<void> {
  endFirst();
  endPast(Number(process.argv[3]));
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

/**
 * Bytes are not of the heap that Node bounds, and a file of five thousand may unpack into five thousand million. Looked at from a thread beside: a
 * library that unpacks lets nothing else run.
 * @param mostMb of all that this process holds
 */
function endPast(mostMb: number): void {
  const look = `setInterval(() => process.memoryUsage.rss() > ${mostMb} * 1048576 && process.kill(process.pid, "SIGKILL"), 20)`;
  new Worker(look, { eval: true, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}
