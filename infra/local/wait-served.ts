/** Resolves when the address answers 200. @throws when it has not within the time, or when `gaveUp` says why. */
export async function waitServed(url: string, patienceMs: number, gaveUp: () => Error | undefined): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const failure = gaveUp();
    if (failure) throw failure;
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => undefined);
    if (answer?.status === 200) return;
    if (Date.now() > deadline) throw new Error(`${url} ne répond pas · does not answer (${answer?.status ?? "-"})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
