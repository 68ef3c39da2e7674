import { BusyError } from "#server/errors.ts";

interface Waiting {
  readonly who: string;
  readonly begin: () => void;
}

/**
 * Work that weighs, so much of it at one time: each person has one at a time, so that nobody's many keep another's waiting; whoever went away leaves the
 * line, and a line that is full is said. Of the line too each has a share: one page's many pictures stay within it, and whoever asks for more is told so
 * while the others are let in.
 * @returns a way in; it throws BusyError when too many wait, and the signal's reason once nobody waits for the answer
 */
export function takeTurns({
  places,
  mostWaiting,
  mostOfOne,
}: {
  places: number;
  mostWaiting: number;
  mostOfOne: number;
}) {
  const working: string[] = [];
  const line: Waiting[] = [];

  function callNext(): void {
    while (working.length < places) {
      const at = line.findIndex(({ who }) => !working.includes(who));
      if (at < 0) return;
      const [next] = line.splice(at, 1);
      if (!next) return;
      working.push(next.who);
      next.begin();
    }
  }

  return async function inTurn<T>(who: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const ofThem = line.filter((one) => one.who === who).length;
    if (line.length >= mostWaiting || ofThem >= mostOfOne) throw new BusyError("turns", undefined);
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        line.splice(line.indexOf(waiting), 1);
        reject(signal.reason);
      };
      const waiting = {
        who,
        begin: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      line.push(waiting);
      callNext();
    });
    try {
      return await work();
    } finally {
      working.splice(working.indexOf(who), 1);
      callNext();
    }
  };
}
