import { watch } from "node:fs";
import { fromRoot } from "./paths.ts";
import { onStop } from "./stopping.ts";

const quietMs = 300;

/** Calls `changed` a moment after the last change of the server's code. */
export function watchSources(changed: () => Promise<unknown>): void {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  for (const folder of ["server", "emails"]) {
    const watcher = watch(fromRoot(folder), { recursive: true }, (_event, file) => {
      if (!file || !/\.(ts|tsx|json)$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        console.log("  ↻ code changé, on relance · code changed, starting again");
        last = last.then(changed).catch((error: unknown) => console.error(error));
      }, quietMs);
    });
    // A folder that vanishes while it is looked at (another branch is checked out) is no reason to end.
    watcher.on("error", (error) => console.error(error));
    onStop(() => {
      clearTimeout(timer);
      watcher.close();
    });
  }
}
