/** Work that weighs, so much of it at one time in this process: the others wait their turn. */
export function fewAtOnce(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let places = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (places > 0) places -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else places += 1;
    }
  };
}
