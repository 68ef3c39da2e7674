import { expect, test } from "vitest";
import { isVisit } from "#app/clinic/[clinic]/_schedule/columns.ts";
import type { SittingView } from "#server/appointment/record.ts";

const sitting = (kind: SittingView["kind"], status: SittingView["status"]) => ({ kind, status }) as SittingView;

test("a time that is only kept for whoever is choosing it is no visit of the day", () => {
  expect(isVisit({ sitting: sitting("visit", "booked"), state: "expected" })).toBe(true);
  expect(isVisit({ sitting: sitting("group", "booked"), state: "done" })).toBe(true);
  expect(isVisit({ sitting: sitting("visit", "held"), state: "expected" })).toBe(false);
  expect(isVisit({ sitting: sitting("block", "booked"), state: undefined })).toBe(false);
  expect(isVisit({ sitting: sitting("visit", "cancelled"), state: "cancelled" })).toBe(false);
});
