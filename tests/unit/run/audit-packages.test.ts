import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, expect, test } from "vitest";
import { auditPackages } from "#tests/run/audit-packages.ts";

/** The step asks a registry of the test's own, which answers as npm's does: a bulk of advisories by package, and each package's versions. */
const advisory = (severity: string) => ({
  // npm remembers what it made of an advisory by its number.
  id: severity.length,
  url: "https://advisories.example/1",
  title: "Everything is open",
  severity,
  vulnerable_versions: "*",
  cwe: ["CWE-1"],
  cvss: { score: 9.8, vectorString: null },
});

const cache = mkdtempSync(join(tmpdir(), "chevet-npm-"));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

let server: Server | undefined;
afterEach(() => void server?.close());

async function registry(answer: object | undefined): Promise<{ env: Record<string, string>; asked: string[] }> {
  const asked: string[] = [];
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.url === "/-/npm/v1/security/advisories/bulk" && answer) {
      const body = Buffer.concat(parts);
      const text = request.headers["content-encoding"] === "gzip" ? gunzipSync(body).toString() : body.toString();
      asked.push(...Object.keys(JSON.parse(text)));
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    } else if (request.method === "GET" && answer) {
      const name = decodeURIComponent(request.url?.slice(1) ?? "");
      response
        .setHeader("content-type", "application/json")
        .end(
          JSON.stringify({ name, "dist-tags": { latest: "1.0.0" }, versions: { "1.0.0": { name, version: "1.0.0" } } }),
        );
    } else response.writeHead(403).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const env = {
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_fetch_retries: "0",
    // What other registries said must not be remembered here.
    npm_config_cache: cache,
  };
  return { env, asked };
}

test("a flaw that the registry knows fails the step, and is named", async () => {
  const { env, asked } = await registry({ pg: [advisory("high")] });
  expect(await auditPackages(env)).toMatchObject({ failed: 1, trouble: expect.stringContaining("Everything is open") });
  expect(asked).toContain("pg");
  expect(asked, "what only developers install is not asked about").not.toContain("vitest");
}, 60_000);

test("no flaw passes, and one of little weight too", async () => {
  const none = await registry({});
  expect(await auditPackages(none.env)).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
  server?.close();
  const little = await registry({ pg: [advisory("low")] });
  expect(await auditPackages(little.env)).toMatchObject({ passed: 1, failed: 0 });
}, 60_000);

test("a registry that refuses to say is counted as skipped, out loud", async () => {
  const { env } = await registry(undefined);
  expect(await auditPackages(env)).toMatchObject({
    passed: 0,
    skipped: 1,
    missing: expect.stringContaining("does not answer"),
  });
}, 60_000);
