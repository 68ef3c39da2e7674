import { expect, it } from "vitest";
import { expectedAfter } from "#server/referral/schema.ts";

it("an answer is expected after its appointment: two weeks later, unless it was expected later already or not at all", () => {
  expect(expectedAfter("2026-12-01", "2026-12-20")).toBe("2027-01-03");
  expect(expectedAfter("2026-12-20", "2026-12-20")).toBe("2026-12-20");
  expect(expectedAfter("2027-02-01", "2026-12-20")).toBe("2027-02-01");
  expect(expectedAfter(null, "2026-12-20")).toBeNull();
  expect(expectedAfter("2026-12-01", null)).toBe("2026-12-01");
});
