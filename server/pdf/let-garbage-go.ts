import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Live and dead bytes of the heap beyond which it is worth a collection: some tenths of a second. */
const worthIt = 112 * 1024 * 1024;
let collect: (() => void) | undefined;

/**
 * Laying out pages leaves tens of megabytes of garbage a part, and V8 lets it grow for as long as the machine has room: hundreds of megabytes for a
 * long chart, in a process that serves others. Between two parts it is asked to collect; what is alive then is one part.
 */
export function letGarbageGo(): void {
  if (process.memoryUsage().heapUsed < worthIt) return;
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}
