/** What must end when the start command ends, last begun first ended. */
const works: (() => unknown)[] = [];
/** What ends a process that takes its time, without waiting. */
const kills = new Set<() => void>();
let stopping: Promise<void> | undefined;

/** Adds something to end. @returns how to take it back. */
export function onStop(work: () => unknown): () => void {
  works.push(work);
  return () => {
    const place = works.indexOf(work);
    if (place >= 0) works.splice(place, 1);
  };
}

/** Adds what a second Ctrl-C does at once. */
export function onKill(kill: () => void): void {
  kills.add(kill);
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

/** Ctrl-C, `kill`, a closed terminal and a fault of our own end everything in order. A second Ctrl-C does not wait for web and worker; a third waits for nothing. */
export function stopOnSignals(): void {
  // A terminal that went away must not keep us from ending the rest in order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  let interrupts = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (signal === "SIGINT") interrupts += 1;
      if (interrupts > 2) process.exit(130);
      if (interrupts > 1) for (const kill of kills) kill();
      if (!isStopping()) process.stdout.write("\n  Arrêt… · Stopping…\n");
      void stopAll().then(() => process.exit(0));
    });
  }
  for (const fault of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(fault, (error: unknown) => {
      console.error(error);
      void stopAll().then(() => process.exit(1));
    });
  }
}
