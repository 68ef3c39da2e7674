import { expect, test } from "vitest";
import { describeDevice } from "#server/auth/device/describe-device.ts";
import { describePlace } from "#server/auth/device/describe-place.ts";
import { waitAfter } from "#server/limit/attempt-guess.ts";
import { addressKey } from "#server/limit/consume-limit.ts";

test("five tries are free, and no wait is longer than five minutes", () => {
  expect([1, 5, 6, 7, 8, 50].map(waitAfter)).toEqual([0, 0, 2, 4, 8, 300]);
});

test("an IPv6 caller is counted by /64, however the address is written", () => {
  expect(addressKey("203.0.113.7")).toBe("203.0.113.7");
  expect(addressKey("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(addressKey("2001:0DB8:0001:0002::9")).toBe("2001:db8:1:2::/64");
  expect(addressKey("::1")).toBe("0:0:0:0::/64");
});

test("a browser is said in two names, and an address says no more than it knows", () => {
  expect(describeDevice("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")).toBe(
    "Safari, iPhone",
  );
  expect(describeDevice("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0")).toBe("Edge, Windows");
  expect(describeDevice("curl/8")).toBe("");
  expect(["192.168.1.4", "fd00::1", "203.0.113.7", "no address"].map(describePlace)).toEqual([
    "local",
    "local",
    "",
    "",
  ]);
});
