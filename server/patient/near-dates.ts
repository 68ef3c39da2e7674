import { isRealDate } from "./nam.ts";

const oldest = "1850-01-01";

/**
 * The days that a slip of the hand makes of this one: a digit other, two neighbours the other way round, month and day inverted.
 * @param day `YYYY-MM-DD`; it is not among the answers, some forty.
 */
export function nearDates(day: string): string[] {
  const digits = [...day.replaceAll("-", "")];
  const with2 = (at: number, a: string, b: string) => digits.with(at, a).with(at + 1, b);
  const other = digits.flatMap((_, at) => [..."0123456789"].map((digit) => digits.with(at, digit)));
  const swapped = digits.slice(1).map((next, at) => with2(at, next, digits[at] as string));
  const inverted = [...digits.slice(0, 4), ...digits.slice(6), ...digits.slice(4, 6)];
  const days = [...other, ...swapped, inverted].map((one) => one.join("")).map(asDay);
  return [...new Set(days)].filter((one) => one !== day && one >= oldest && isRealDate(one));
}

const asDay = (digits: string) => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
