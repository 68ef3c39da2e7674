import autocannon from "autocannon";

/** What one slice of load did. */
export interface Slice {
  /** Milliseconds of each answer. */
  readonly durations: readonly number[];
  /** From the first call to the last answer, in milliseconds. */
  readonly elapsed: number;
}

/**
 * Makes `amount` calls over `connections`, each as soon as the one before is answered.
 * @param headers of every call, or of the next one.
 * @param nextPath the path of the next call.
 * @throws when any answer is not 200: what refuses quickly must not count as fast.
 */
export async function load(
  url: string,
  headers: Record<string, string> | (() => Record<string, string>),
  nextPath: () => string,
  { connections, amount }: { connections: number; amount: number },
): Promise<Slice> {
  const durations: number[] = [];
  const started = performance.now();
  let last = started;
  const { errors, timeouts, non2xx } = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(
      {
        url,
        connections,
        amount,
        requests: [
          {
            setupRequest: (request) => ({
              ...request,
              path: nextPath(),
              headers: typeof headers === "function" ? headers() : headers,
            }),
          },
        ],
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    );
    running.on("response", (_client, _status, _bytes, duration) => {
      durations.push(duration);
      last = performance.now();
    });
  });
  if (errors + timeouts + non2xx > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} failed, ${timeouts} late`);
  return { durations, elapsed: last - started };
}
