import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicAddress } from "#server/outbound/public-address.ts";

describe("isPublicAddress", () => {
  test.each([
    "1.1.1.1",
    "8.8.8.8",
    "99.255.255.255",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "223.255.255.255",
    "2607:f8b0:4006:80b::200e",
    "2a00:1450::1",
  ])("%s may be called", (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    ["unspecified", "0.0.0.0"],
    ["this network", "0.1.2.3"],
    ["private", "10.255.255.255"],
    ["private", "172.16.0.1"],
    ["private", "192.168.1.1"],
    ["shared by carriers", "100.64.0.1"],
    ["shared by carriers", "100.127.255.255"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["link-local, cloud metadata", "169.254.169.254"],
    ["protocol assignments", "192.0.0.170"],
    ["documentation", "192.0.2.1"],
    ["6to4 relay", "192.88.99.1"],
    ["benchmarks", "198.19.0.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["IPv4-mapped", "::ffff:127.0.0.1"],
    ["IPv4-mapped, public inside", "::ffff:8.8.8.8"],
    ["IPv4-mapped, in hexadecimal", "::ffff:7f00:1"],
    ["IPv4-compatible", "::127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["local NAT64", "64:ff9b:1::1"],
    ["discard", "100::1"],
    ["Teredo", "2001:0:7f00:1::"],
    ["documentation", "2001:db8::1"],
    ["documentation", "3fff::1"],
    ["6to4", "2002:7f00:1::"],
    ["segment routing", "5f00::1"],
    ["unique local", "fd00::1"],
    ["link-local", "fe80::1"],
    ["link-local with a zone", "fe80::1%eth0"],
    ["site-local", "fec0::1"],
    ["multicast", "ff02::1"],
    ["not an address", "localhost"],
    ["an address in another spelling", "0x7f.0.0.1"],
    ["an address in another spelling", "2130706433"],
    ["nothing", ""],
  ])("%s (%s) may not", (_what, address) => expect(isPublicAddress(address)).toBe(false));

  test("nothing of 10/8, and nothing mapped, ever may", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const tail = address.split(".").slice(1).join(".");
        expect(isPublicAddress(`10.${tail}`)).toBe(false);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(false);
      }),
    );
  });
});
