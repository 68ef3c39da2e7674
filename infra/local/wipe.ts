import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { embeddedBinaries } from "./postgres/binaries.ts";
import { stopLeftover } from "./postgres/start-cluster.ts";
import { Sentence, step } from "./steps.mjs";

/**
 * Empties the data folder, after asking.
 * @throws {Sentence} when the answer is no, or cannot be asked.
 */
export async function wipe(dataDir: string, yes: boolean): Promise<void> {
  if (!yes && !(await confirm(dataDir))) throw new Sentence("Rien n'a été effacé. Nothing was erased.");
  await step("Effacement", "Wiping", async () => {
    const cluster = join(dataDir, "postgres");
    if (existsSync(cluster)) {
      await stopLeftover(embeddedBinaries(), cluster);
      // The folder may be a link to where the database's own user can reach it.
      rmSync(realpathSync(cluster), { recursive: true, force: true });
    }
    for (const entry of readdirSync(dataDir)) rmSync(join(dataDir, entry), { recursive: true, force: true });
  });
}

async function confirm(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Sentence("--fresh efface tout : ajoutez --yes. --fresh erases everything: add --yes.");
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await prompt.question(`  Effacer toutes les données de ${dataDir} ? Erase all its data? (oui/yes) `);
    return /^\s*(o|oui|y|yes)\s*$/i.test(answer);
  } finally {
    prompt.close();
  }
}
