import { setImmediate as turn } from "node:timers/promises";

/** Milliseconds. */
const longestHeld = 20;

/** Between the steps of long work: lets whoever else waits for this process have their turn, once it was held for a while. */
export function breathing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestHeld) return;
    await turn();
    since = performance.now();
  };
}
