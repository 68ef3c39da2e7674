import { startOfWeek } from "../week.ts";

interface Recurring {
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly everyWeeks: number;
}

/**
 * Whether two weekly rules of one weekday are ever in force in one week. Weeks of the one are a (mod m), of the other b (mod n): by the
 * Chinese remainder theorem they share a week when a − b is a multiple of gcd(m, n). That the shared week falls within a short
 * validity is not looked at: at worst two rules that would just miss each other are refused. Browser-safe.
 */
export function meetsOnce(one: Recurring, other: Recurring): boolean {
  if (one.validUntil !== null && one.validUntil < other.validFrom) return false;
  if (other.validUntil !== null && other.validUntil < one.validFrom) return false;
  return (weekOf(one.validFrom) - weekOf(other.validFrom)) % divisor(one.everyWeeks, other.everyWeeks) === 0;
}

const divisor = (m: number, n: number): number => (n === 0 ? m : divisor(n, m % n));

/** Weeks since the Monday of 1969-12-29. */
const weekOf = (day: string) => (Date.parse(startOfWeek(day)) / 86_400_000 + 3) / 7;
