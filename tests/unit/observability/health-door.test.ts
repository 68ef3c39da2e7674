import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { type Check, createHealthDoor } from "#server/observability/health-door.ts";

let server: Server;
afterEach(() => server.close());

async function serve(
  checks: Record<string, Check>,
): Promise<(path: string) => Promise<{ status: number; body: unknown }>> {
  const door = createHealthDoor(checks);
  server = createServer((request, response) => void (door(request, response) || response.writeHead(404).end("{}")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return async (path) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, body: await answer.json() };
  };
}

test("a process that runs is live, whatever it leans on", async () => {
  const get = await serve({ database: () => Promise.reject(new Error("down")) });
  expect(await get("/health/live")).toEqual({ status: 200, body: { live: true } });
});

test("is ready when everything answers", async () => {
  const get = await serve({ database: async () => 1, keys: async () => null });
  expect(await get("/health/ready")).toEqual({
    status: 200,
    body: { ready: true, checks: { database: "ok", keys: "ok" } },
  });
});

test("says what is missing by its code, never in the error's words", async () => {
  const refused = Object.assign(new Error("password authentication failed for user zoe"), { code: "28P01" });
  const get = await serve({ database: () => Promise.reject(refused), keys: async () => null });
  expect(await get("/health/ready?x=1")).toEqual({
    status: 503,
    body: { ready: false, checks: { database: "28P01", keys: "ok" } },
  });
});

test("does not wait for ever", async () => {
  const get = await serve({ database: () => new Promise(() => undefined) });
  expect(await get("/health/ready")).toEqual({ status: 503, body: { ready: false, checks: { database: "Timeout" } } });
});

test("asks once for many who ask at once", async () => {
  const check = vi.fn(async () => 1);
  const get = await serve({ database: check });
  await Promise.all(Array.from({ length: 20 }, () => get("/health/ready")));
  expect(check).toHaveBeenCalledTimes(1);
});

test("leaves other addresses to the other doors", async () => {
  const get = await serve({});
  expect((await get("/health")).status).toBe(404);
});
