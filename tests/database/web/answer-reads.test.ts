import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookieName } from "#server/auth/cookies.ts";
import { closeDatabases } from "#server/db/database.ts";
import { env } from "#server/env.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";

/**
 * Reads are answered by our own few lines, everything else by tRPC's adapter. A read that names its body's type goes to the
 * adapter too, so each call is made both ways and must be answered alike.
 */
let server: Server;
let base: string;
let clinic: TestClinic;

beforeAll(async () => {
  server = createServer((request, response) => void (trpcDoor(request, response) || response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clinic = await makeClinic();
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

const ours = ["cache-control", "content-type", "vary", "x-content-type-options"];

async function ask(path: string, { signedIn = true, headers = {} as Record<string, string>, method = "GET" } = {}) {
  const cookie = `${cookieName("staff", env().CHEVET_ORIGIN ?? "")}=${clinic.owner.token}`;
  const answer = await fetch(`${base}/api/clinic/${clinic.slug}/trpc/${path}`, {
    method,
    headers: { ...(signedIn ? { cookie } : {}), ...headers },
  });
  const text = await answer.text();
  const requestId = answer.headers.get("x-request-id") ?? "";
  return {
    status: answer.status,
    // The adapter sends its answer in pieces; ours says how long it is.
    direct: answer.headers.has("content-length"),
    headers: Object.fromEntries(ours.map((name) => [name, answer.headers.get(name)])),
    body: requestId ? text.replaceAll(requestId, "request") : text,
    requestId,
  };
}

const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`;
const nobody = "01890000-0000-7000-8000-000000000000";

/** Path, status, and whether it is ours to answer. */
const calls: [about: string, path: string, status: number, direct: boolean][] = [
  ["one read", "location.list", 200, true],
  ["one read with an input", `patient.search?${input({ json: { text: "tremblay" } })}`, 200, true],
  ["a refusal", `patient.read?${input({ json: { id: nobody } })}`, 404, true],
  ["an input that the schema refuses", `patient.read?${input({ json: { id: "none" } })}`, 400, true],
  ["no input where one is needed", "patient.read", 400, true],
  ["a batch", `membership.me,location.list?batch=1&${input({})}`, 200, true],
  [
    "a batch of which one is refused",
    `location.list,patient.read?batch=1&${input({ 1: { json: { id: nobody } } })}`,
    207,
    true,
  ],
  ["a batch with an unknown name", `location.list,location.nothing?batch=1&${input({})}`, 207, false],
  ["an unknown name", "location.nothing", 404, false],
  ["a name that every object has", "constructor", 404, false],
  ["a folder of names", "location", 404, false],
  ["no name", "", 404, false],
  ["a change by GET", `location.add?${input({ json: {} })}`, 405, false],
  ["an input that is no JSON", "patient.search?input=%7B", 400, false],
  ["a batch whose input is a list", `location.list?batch=1&${input([])}`, 200, true],
  ["a batch whose input is a number", `patient.search?batch=1&${input(1)}`, 400, false],
  [
    "an input that would change every object",
    `patient.search?${input({ json: { text: "a" }, meta: { values: { "__proto__.x": ["Date"] } } })}`,
    400,
    false,
  ],
];

describe("a read over HTTP", () => {
  it.each(calls)("%s is answered as tRPC's adapter answers it", async (_about, path, status, direct) => {
    const own = await ask(path);
    const adapter = await ask(path, { headers: { "content-type": "application/json" } });
    expect(adapter.direct).toBe(false);
    expect(own.direct).toBe(direct);
    expect(own.status).toBe(status);
    expect(own.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect({ ...own, direct, requestId: "" }).toEqual({ ...adapter, direct, requestId: "" });
  });

  it("is refused to whom has not signed in, alike", async () => {
    const own = await ask("location.list", { signedIn: false });
    const adapter = await ask("location.list", { signedIn: false, headers: { "content-type": "application/json" } });
    expect(own.status).toBe(401);
    expect(own.body).toBe(adapter.body);
  });

  it("leaves to the adapter what asks for a stream, or for the head alone", async () => {
    const stream = await ask("location.list?batch=1", { headers: { "trpc-accept": "application/jsonl" } });
    expect(stream.direct).toBe(false);
    expect((await ask("location.list", { method: "HEAD" })).status).toBe(204);
  });
});
