/** What must end when the start command ends, last begun first ended. */
const works: (() => unknown)[] = [];
let stopping: Promise<void> | undefined;

/** Adds something to end. @returns how to take it back. */
export function onStop(work: () => unknown): () => void {
  works.push(work);
  return () => {
    const place = works.indexOf(work);
    if (place >= 0) works.splice(place, 1);
  };
}

/** True once the end has begun: a process that dies now was asked to. */
export function isStopping(): boolean {
  return stopping !== undefined;
}

/** Ends everything, once, in order. */
export function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (let work = works.pop(); work; work = works.pop()) {
      await Promise.resolve(work()).catch((error: unknown) => console.error(error));
    }
  })();
  return stopping;
}

/** Ctrl-C, `kill`, and a closed terminal end everything in order; a second Ctrl-C does not wait. */
export function stopOnSignals(): void {
  // A terminal that went away must not keep us from ending the rest in order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (isStopping() && signal === "SIGINT") process.exit(130);
      if (!isStopping()) process.stdout.write("\n  Arrêt… · Stopping…\n");
      void stopAll().then(() => process.exit(0));
    });
  }
}
