import type { IncomingMessage } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { guardOrigin } from "#server/web/guard-origin.ts";

const origin = "https://chevet.example.quebec";

beforeAll(() => {
  process.env.CHEVET_ORIGIN = origin;
});

function call(method: string, headers: Record<string, string>) {
  return { method, headers } as unknown as IncomingMessage;
}

describe("guardOrigin", () => {
  const json = { "content-type": "application/json", origin, "sec-fetch-site": "same-origin" };

  it("lets this site's own JSON through", () => {
    expect(guardOrigin(call("POST", json))).toBeUndefined();
    expect(guardOrigin(call("POST", { ...json, "content-type": "application/json; charset=utf-8" }))).toBeUndefined();
  });

  it.each([
    ["another origin", { ...json, origin: "https://evil.example" }, 403],
    ["no origin", { "content-type": "application/json" }, 403],
    ["a null origin", { ...json, origin: "null" }, 403],
    ["a sibling site", { ...json, "sec-fetch-site": "same-site" }, 403],
    ["a cross-site navigation", { ...json, "sec-fetch-site": "cross-site" }, 403],
    ["a form", { ...json, "content-type": "application/x-www-form-urlencoded" }, 415],
    ["plain text that holds JSON", { ...json, "content-type": "text/plain; application/json" }, 415],
    ["no type", { origin }, 415],
  ])("refuses a change from %s", (_, headers, status) => {
    expect(guardOrigin(call("POST", headers))).toBe(status);
    expect(guardOrigin(call("DELETE", headers))).toBe(status);
  });

  it("refuses a read made on behalf of another site, and lets a person's own navigation through", () => {
    expect(guardOrigin(call("GET", { "sec-fetch-site": "cross-site" }))).toBe(403);
    expect(guardOrigin(call("GET", { "sec-fetch-site": "none" }))).toBeUndefined();
    expect(guardOrigin(call("GET", { "sec-fetch-site": "same-origin" }))).toBeUndefined();
  });
});
