import { createServer, request as rawRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SuperJSON } from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { limits } from "#server/limit/limits.ts";
import { authGuard } from "#server/web/auth-guard.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { memberDoors } from "#server/web/member-doors.ts";
import { largestBatch, trpcDoor } from "#server/web/trpc-door.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";

/** What one request may weigh and hold: over real HTTP, at the real doors. */

const origin = "http://127.0.0.1:3000";
let server: Server;
let port: number;
let clinic: TestClinic;

beforeAll(async () => {
  const doors = [authGuard, trpcDoor, clinicDoors(memberDoors)];
  server = createServer(
    (request, response) => void (doors.some((door) => door(request, response)) || response.end("page")),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  clinic = await makeClinic();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

const json = { "content-type": "application/json", origin };
const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init);

function batch(calls: number, comma = ","): string {
  const input = SuperJSON.serialize({ locale: "fr" });
  const inputs = Object.fromEntries(Array.from({ length: calls }, (_, n) => [n, input]));
  const paths = Array(calls).fill("signUp.terms").join(comma);
  return `/api/trpc/${paths}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
}

test("a batch is capped, however its commas are written", async () => {
  const fits = await ask(batch(largestBatch));
  expect(fits.status).toBe(200);
  expect(await fits.json()).toHaveLength(largestBatch);
  for (const comma of [",", "%2C", "%2c"]) expect((await ask(batch(largestBatch + 1, comma))).status).toBe(400);
});

test("limits count the calls inside a batch, and not the requests", async () => {
  const { points } = limits["public-call"];
  let requests = 0;
  let last: Response;
  do {
    last = await ask(batch(largestBatch));
    requests += 1;
  } while (last.status === 200 && requests < points);
  expect(requests).toBeLessThanOrEqual(points / largestBatch + 1);
  expect(await last.text()).toContain("LimitReached");
});

/** A body of unknown length: no Content-Length to be refused by. */
function chunked(path: string, method: string, headers: Record<string, string>, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = rawRequest({
      host: "127.0.0.1",
      port,
      path,
      method,
      headers: { ...headers, "transfer-encoding": "chunked" },
    });
    request.on("response", (response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
      request.destroy();
    });
    request.on("error", reject);
    const piece = Buffer.alloc(64 * 1024, 0x20);
    for (let sent = 0; sent < bytes; sent += piece.length) request.write(piece);
    request.end();
  });
}

test("a call's body is bounded, whether it says its length or not", async () => {
  const path = `/api/clinic/${clinic.slug}/trpc/location.add`;
  const headers = { ...json, cookie: `chevet-staff=${clinic.owner.token}` };
  const heavy = JSON.stringify({ json: { text: "x".repeat(300 * 1024) } });
  expect((await ask(path, { method: "POST", headers, body: heavy })).status).toBe(413);
  expect(await chunked(path, "POST", headers, 1024 * 1024)).toBe(413);
});

test("signing in takes a short body that says its length", async () => {
  expect(
    (await ask("/api/auth/callback/x", { method: "POST", headers: json, body: "x".repeat(70 * 1024) })).status,
  ).toBe(413);
  expect(await chunked("/api/auth/callback/x", "POST", json, 1024)).toBe(411);
  expect((await ask("/api/auth/callback/x", { method: "POST", headers: json, body: "{}" })).status).toBe(200);
});

test("a picture that is too heavy is refused before it is whole", async () => {
  const headers = { "content-type": "image/png", origin, cookie: `chevet-staff=${clinic.owner.token}` };
  expect(await chunked(`/api/clinic/${clinic.slug}/logo`, "PUT", headers, 64 * 1024 * 1024)).toBe(400);
});
