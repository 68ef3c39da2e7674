export type Readiness = {
  at: Date;
  /** Part → "ok" or an error's code; absent when the server did not answer at all. */
  checks?: Record<string, string>;
};

/** One question to the health door. A refusal (503) is an answer too. */
export async function askReady(): Promise<Readiness> {
  const at = new Date();
  try {
    const answer = await fetch("/health/ready", { cache: "no-store" });
    const { checks } = (await answer.json()) as { checks: Record<string, string> };
    return { at, checks };
  } catch {
    return { at };
  }
}
