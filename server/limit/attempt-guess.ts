import { RateLimiterRes, type RateLimiterStoreAbstract } from "rate-limiter-flexible";
import { limitReached } from "#server/errors.ts";
import { limitKey, openLimiter } from "./limit-store.ts";

/** Tries that cost nothing: a person errs a few times. */
const freeTries = 5;
/** Nobody waits longer than this for the next try, however many came before: an attacker cannot lock an account. */
const longestWait = 300;
const memorySeconds = 12 * 3_600;

let counters: { failures: RateLimiterStoreAbstract; turns: RateLimiterStoreAbstract } | undefined;

function open() {
  counters ??= {
    failures: openLimiter(1_000_000, memorySeconds),
    turns: openLimiter(1, longestWait),
  };
  return counters;
}

/** Seconds before the n-th failed try may be followed by another: 2, 4, 8 … up to five minutes. */
export function waitAfter(failures: number): number {
  if (failures <= freeTries) return 0;
  return Math.min(longestWait, 2 ** (failures - freeTries));
}

/** A try that was let through: say how it ended. */
export interface Guess {
  /** Tries of this bucket that failed in a row, this one included until it succeeds. */
  readonly tries: number;
  /** The secret was right: the bucket starts anew. */
  succeed(): Promise<void>;
}

/**
 * Lets one try of a secret through, or says how long to wait. It is counted before the secret is looked at, so that a
 * burst of parallel tries gets as many answers as tries in a row would.
 * @param bucket whose tries these are: `account:<e-mail>` for strangers, `device:<device>:<person>` for a known device.
 * @throws LimitReached with the seconds to wait, five minutes at most.
 */
export async function attemptGuess(bucket: string): Promise<Guess> {
  const { failures, turns } = open();
  const key = limitKey("guess-failures", bucket);
  const turn = limitKey("guess-turn", bucket);
  const { consumedPoints } = await failures.penalty(key, 1);
  const wait = waitAfter(consumedPoints);
  if (wait > 0) {
    try {
      await turns.consume(turn, 1, { customDuration: wait });
    } catch (refusal) {
      // What was not tried was not wrong: waiting too little does not make the wait longer.
      await failures.reward(key, 1);
      if (refusal instanceof RateLimiterRes) throw limitReached(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
      throw refusal;
    }
  }
  return {
    tries: consumedPoints,
    async succeed() {
      await Promise.all([failures.delete(key), turns.delete(turn)]);
    },
  };
}
