import fc from "fast-check";
import { expect, it } from "vitest";
import { meetsOnce } from "#server/schedule/hours/meets-once.ts";

const epoch = Date.parse("2026-01-05T00:00:00Z");
const dayAt = (days: number) => new Date(epoch + days * 86_400_000).toISOString().slice(0, 10);
const mondayOf = (day: string) => {
  const at = new Date(`${day}T00:00:00Z`);
  return at.getTime() - ((at.getUTCDay() + 6) % 7) * 86_400_000;
};

const rule = fc.record({
  validFrom: fc.integer({ min: 0, max: 70 }).map(dayAt),
  validUntil: fc.constant(null),
  everyWeeks: fc.integer({ min: 1, max: 8 }),
});

it("says of two rules what walking the weeks says", () => {
  const inForce = ({ validFrom, everyWeeks }: { validFrom: string; everyWeeks: number }, monday: number) =>
    monday > Date.parse(validFrom) && ((monday - mondayOf(validFrom)) / (7 * 86_400_000)) % everyWeeks === 0;
  fc.assert(
    fc.property(rule, rule, (one, other) => {
      const mondays = Array.from({ length: 90 }, (_, week) => epoch + week * 7 * 86_400_000);
      expect(meetsOnce(one, other)).toBe(mondays.some((monday) => inForce(one, monday) && inForce(other, monday)));
    }),
  );
});

it("knows that a rule which ended is over", () => {
  const spring = { validFrom: "2026-01-01", validUntil: "2026-05-31", everyWeeks: 1 };
  const summer = { validFrom: "2026-06-01", validUntil: null, everyWeeks: 1 };
  expect(meetsOnce(spring, summer)).toBe(false);
  expect(meetsOnce({ ...spring, validUntil: "2026-06-01" }, summer)).toBe(true);
});
