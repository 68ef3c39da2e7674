import type { IncomingMessage } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { clientAddress } from "#server/web/client-address.ts";

beforeAll(() => {
  process.env.TRUSTED_PROXIES = "10.0.0.0/8,192.0.2.7";
});

function from(remoteAddress: string, forwarded?: string) {
  return {
    socket: { remoteAddress },
    headers: forwarded ? { "x-forwarded-for": forwarded } : {},
  } as unknown as IncomingMessage;
}

describe("clientAddress", () => {
  it("believes the socket when it is no proxy of ours, whatever the header says", () => {
    expect(clientAddress(from("203.0.113.9", "198.51.100.1"))).toBe("203.0.113.9");
    expect(clientAddress(from("::ffff:203.0.113.9"))).toBe("203.0.113.9");
  });

  it("takes the nearest address that is not ours behind a trusted proxy", () => {
    expect(clientAddress(from("10.1.2.3", "198.51.100.1"))).toBe("198.51.100.1");
    expect(clientAddress(from("10.1.2.3", "6.6.6.6, 198.51.100.1, 192.0.2.7"))).toBe("198.51.100.1");
  });

  it("falls back to the proxy when the header holds nothing to believe", () => {
    expect(clientAddress(from("10.1.2.3", "unknown, <script>"))).toBe("10.1.2.3");
    expect(clientAddress(from("10.1.2.3"))).toBe("10.1.2.3");
  });
});
