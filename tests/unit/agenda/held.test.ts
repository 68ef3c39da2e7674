import { expect, test } from "vitest";
import { lateness, stateOfSitting } from "#app/clinic/[clinic]/_schedule/columns.ts";
import { nextEnd, withoutOver } from "#app/clinic/[clinic]/_schedule/held.ts";
import type { SittingView } from "#server/appointment/record.ts";

const sitting = (id: string, heldUntil: string | null) =>
  ({ id, kind: "visit", status: heldUntil ? "held" : "booked", heldUntil, appointments: [] }) as unknown as SittingView;
const read = {
  now: "2027-03-01T14:00:00.000Z",
  sittings: [
    sitting("first", "2027-03-01T14:00:30.000Z"),
    sitting("visit", null),
    sitting("second", "2027-03-01T14:01:00.000Z"),
  ],
};
const left = (elapsed: number) => withoutOver(read, elapsed).sittings.map(({ id }) => id);

test("a time that was held leaves an open agenda as its hold ends, by the server's clock", () => {
  expect(left(0)).toEqual(["first", "visit", "second"]);
  expect(withoutOver(read, 29_999)).toBe(read);
  expect(left(30_000)).toEqual(["visit", "second"]);
  expect(left(60_000)).toEqual(["visit"]);
});

test("it is looked at again exactly when the next one ends, and then no more", () => {
  expect([nextEnd(read, 0), nextEnd(read, 30_000), nextEnd(read, 60_000)]).toEqual([30_000, 60_000, undefined]);
});

test("nobody is expected, and nobody late, at a time that somebody is choosing", () => {
  const held = sitting("first", "2027-03-01T14:00:30.000Z");
  expect(stateOfSitting(held)).toBeUndefined();
  expect(stateOfSitting(sitting("visit", null))).toBe("expected");
  const event = { sitting: held, state: stateOfSitting(held), from: 480, until: 500 };
  expect(lateness([event as never], 700)).toBe(0);
});
