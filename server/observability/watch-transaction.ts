import { transactionSeconds } from "./metrics.ts";
import { traced } from "./traced.ts";

/** Measures and traces one transaction by the role it entered as: never by clinic or person. */
export async function watchTransaction<T>(role: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  let outcome = "failed";
  try {
    const result = await traced("transaction", { "db.role": role }, work);
    outcome = "done";
    return result;
  } finally {
    transactionSeconds.observe({ role, outcome }, (performance.now() - started) / 1000);
  }
}
