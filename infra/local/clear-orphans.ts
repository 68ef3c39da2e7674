import { endProcess, type Instance, instanceMark, isOurs } from "./instance.ts";
import { Sentence } from "./steps.mjs";

/**
 * Ends the web and worker that a killed start command left behind (its PostgreSQL is reused instead).
 * @returns how many there were.
 * @throws {Sentence} when the other start command is alive: one data folder, one instance.
 */
export async function clearOrphans(instance: Instance, dataDir: string): Promise<number> {
  if (isOurs(instance.up, "up.mjs")) {
    throw new Sentence(
      `Chevet tourne déjà (processus ${instance.up}) : ${instance.url ?? ""}\n` +
        `Chevet is already running (process ${instance.up}): ${instance.url ?? ""}\n` +
        "Autre instance / another instance: CHEVET_DATA_DIR=… PORT=… npm run up",
    );
  }
  const mark = instanceMark(dataDir);
  const orphans = Object.values(instance.processes).filter((pid) => isOurs(pid, mark));
  await Promise.all(orphans.map((pid) => endProcess(pid, mark, 5000)));
  return orphans.length;
}
