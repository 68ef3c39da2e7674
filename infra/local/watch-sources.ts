import { existsSync, type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { fromRoot } from "./paths.ts";
import { onStop } from "./stopping.ts";

const quietMs = 300;

/**
 * Calls `changed` a moment after the last change of the server's code. Each folder is watched by itself: Node's own recursive watching loses sight, on
 * Linux, of a file that an editor saves by putting a new one in its place.
 */
export function watchSources(changed: () => Promise<unknown>): void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const forget = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const look = (folder: string) => {
    if (!watchers.has(folder)) {
      const watcher = watch(folder, (_event, file) => see(folder, file));
      // A folder that vanishes (another branch is checked out) is no reason to end.
      watcher.on("error", () => forget(folder));
      watchers.set(folder, watcher);
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) look(join(folder, entry.name));
    }
  };
  const see = (folder: string, file: string | null) => {
    if (!existsSync(folder)) return forget(folder);
    look(folder);
    if (!file || !/\.(ts|tsx|json)$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      console.log("  ↻ code changé, on relance · code changed, starting again");
      last = last.then(changed).catch((error: unknown) => console.error(error));
    }, quietMs);
  };

  for (const folder of ["server", "emails"]) look(fromRoot(folder));
  onStop(() => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  });
}
