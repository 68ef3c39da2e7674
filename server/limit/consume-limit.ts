import { isIPv6 } from "node:net";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { limitReached } from "#server/errors.ts";
import { limitKey, openLimiter } from "./limit-store.ts";
import { type LimitName, limits } from "./limits.ts";

const opened = new Map<string, RateLimiterAbstract>();

function limiter(name: LimitName, alone: boolean): RateLimiterAbstract {
  const known = opened.get(name);
  if (known) return known;
  const { points, seconds } = limits[name];
  const fresh = alone
    ? new RateLimiterMemory({ keyPrefix: name, points, duration: seconds })
    : openLimiter(points, seconds);
  opened.set(name, fresh);
  return fresh;
}

/**
 * Counts one call under a named limit, across all web processes. Call it outside any transaction: a count stays counted
 * when what follows is rolled back.
 * @param key an address, an e-mail in lower case, an id; kept as a keyed hash only.
 * @throws LimitReached with the seconds to wait.
 */
export function consumeLimit(name: LimitName, key: string): Promise<void> {
  return consume(limiter(name, false), limitKey(name, key));
}

/** The same, counted by this process alone and at no cost: for calls so many that only a flood matters. */
export function consumeLocalLimit(name: "public-call" | "session-change", key: string): Promise<void> {
  return consume(limiter(name, true), key);
}

async function consume(counter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await counter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw limitReached(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
    throw refusal;
  }
}

/** An address as limits count it: an IPv6 caller owns a whole /64, so its last half says nothing (RFC 6177). */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill("0"), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
