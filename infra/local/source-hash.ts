import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fromRoot } from "./paths.ts";

/** One hash of the named files and folders of the checkout, by content. Generated and hidden folders do not count. */
export function sourceHash(names: string[]): string {
  const hash = createHash("sha256");
  for (const name of names) {
    for (const file of filesUnder(name))
      hash
        .update(`${file}\0`)
        .update(readFileSync(fromRoot(file)))
        .update("\0");
  }
  return hash.digest("hex");
}

/**
 * Runs `work` unless `mark` already holds `hash`, and writes the mark once it is done.
 * @returns "" or a note that nothing was to be done.
 */
export async function unlessDone(mark: string, hash: string, work: () => Promise<void>): Promise<string> {
  if (existsSync(mark) && readFileSync(mark, "utf8") === hash) return "déjà fait · already done";
  rmSync(mark, { force: true });
  await work();
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, hash);
  return "";
}

function filesUnder(name: string): string[] {
  const info = statSync(fromRoot(name), { throwIfNoEntry: false });
  if (!info) return [];
  if (info.isFile()) return [name];
  return readdirSync(fromRoot(name))
    .filter((entry) => !entry.startsWith(".") && entry !== "generated")
    .sort()
    .flatMap((entry) => filesUnder(join(name, entry)));
}
