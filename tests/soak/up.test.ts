import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "#infra/local/free-port.ts";
import { readInstance } from "#infra/local/instance.ts";
import { fromRoot } from "#infra/local/paths.ts";
import { type StartedInstance, startInstance } from "#tests/run/start-instance.ts";
import { rounds } from "./rounds.ts";

/** The start command itself, as a person uses it: the real processes, killed the hard way. */

let dataDir: string;
let started: StartedInstance[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "chevet-up-"));
  started = [];
});

// A failed expectation leaves no process behind either.
afterEach(async () => {
  await Promise.all(started.map((instance) => instance.stop("SIGTERM")));
  for (const line of processesOf(dataDir)) process.kill(Number.parseInt(line, 10), "SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(args: string[], env: Record<string, string>): Promise<StartedInstance> {
  const instance = await startInstance(dataDir, { args: ["--empty", ...args], env });
  started.push(instance);
  return instance;
}

test("starts, refuses a second start, survives kill -9 with its data, and Ctrl-C leaves no process", async () => {
  const env = { PORT: String(await freePort()) };
  let instance = await start([], env);
  expect(await statusOf(instance.url)).toBe(200);
  expect(instance.said()).toContain("créé · created");
  expect(openToOthers(dataDir)).toBe("");
  const secrets = readFileSync(join(dataDir, "secrets", "realms.json"), "utf8");

  await expect(start([], env)).rejects.toThrow(/tourne déjà[\s\S]*already running/);
  expect(await statusOf(instance.url)).toBe(200);

  for (let round = 0; round < rounds(10); round++) {
    await instance.stop("SIGKILL");
    expect(processesOf(dataDir).length).toBeGreaterThanOrEqual(3);

    instance = await start([], env);
    expect(instance.said()).toContain("orphelins arrêtés · orphaned processes ended");
    expect(instance.said()).toContain("retrouvé · found running");
    expect(await statusOf(instance.url)).toBe(200);
    expect(readFileSync(join(dataDir, "secrets", "realms.json"), "utf8")).toBe(secrets);
  }

  expect(await instance.stop("SIGINT")).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
});

test("a busy port is named and another taken; --fresh wipes only when told yes; SIGTERM and a closed terminal end everything", async () => {
  const port = await freePort();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
  const env = { PORT: String(port) };
  try {
    const first = await start([], env);
    expect(first.said()).toContain(`port ${port} is busy`);
    expect(first.url).not.toContain(String(port));
    expect(await statusOf(first.url)).toBe(200);
    expect(await first.stop("SIGTERM")).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);

    await expect(start(["--fresh"], env)).rejects.toThrow(/--yes/);
    const again = await start(["--fresh", "--yes"], env);
    expect(again.said()).toContain("créé · created");
    expect(await again.hangUp()).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  } finally {
    squatter.close();
  }
});

test("a bad variable stops the start with a sentence that names it, before anything runs", async () => {
  const refusal = start([], { SMTP_URL: "courriel.exemple" });
  await expect(refusal).rejects.toThrow(/SMTP_URL est mal écrite[\s\S]*SMTP_URL is malformed/);
  expect(processesOf(dataDir)).toEqual([]);
});

test("in development a change starts web and worker again, and an end that comes meanwhile leaves no process", async () => {
  const instance = await start(["--dev"], { PORT: String(await freePort()) });
  const before = readInstance(dataDir).processes;
  const line = await openDevelopmentLine(instance.url);
  await change(instance, 1);
  for (const name of ["web", "worker"]) {
    await expect.poll(() => readInstance(dataDir).processes[name], { timeout: 120_000 }).not.toBe(before[name]);
  }
  await expect.poll(() => statusOf(instance.url).catch(() => 0), { timeout: 120_000, interval: 500 }).toBe(200);
  expect(processesOf(dataDir).filter((process) => process.includes("--instance="))).toHaveLength(2);

  for (let round = 0; round < rounds(5); round++) await change(instance, 2 + round);
  // In the middle of the restart: the old ones are ending, the new ones have not begun.
  expect(await instance.stop("SIGINT")).toBe(0);
  line.destroy();
  expect(processesOf(dataDir)).toEqual([]);
});

/** What a page in development keeps open for as long as it is looked at. */
async function openDevelopmentLine(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  // Next listens for it from its first page on.
  await statusOf(new URL("/robots.txt", url).href);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const key = randomBytes(16).toString("base64");
  socket.write(
    `GET /_next/hmr?id=x HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${new URL(url).origin}\r\nConnection: Upgrade\r\n` +
      `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  const [answer] = await once(socket, "data", { signal: AbortSignal.timeout(60_000) });
  expect(String(answer)).toMatch(/^HTTP\/1.1 101/);
  return socket;
}

/** Saves a file of the server as it is, as many editors do, by another in its place, and returns once the start command has seen it for the `times`-th time. */
async function change(instance: StartedInstance, times: number): Promise<void> {
  const file = fromRoot("server/errors.ts");
  copyFileSync(file, `${file}.new`);
  renameSync(`${file}.new`, file);
  await expect
    .poll(() => instance.said().split("code changed").length - 1, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(times);
}

/** What another account of the machine could read. PostgreSQL keeps its own folder closed, and says so itself. */
function openToOthers(folder: string): string {
  const args = [folder, "-mindepth", "1", "-maxdepth", "2", "-perm", "/0077", "-not", "-path", `${folder}/postgres/*`];
  return execFileSync("find", args, { encoding: "utf8" });
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

/** Web and worker by their mark, PostgreSQL by its folder, the start command by its note. */
function processesOf(folder: string): string[] {
  const { up } = readInstance(folder);
  const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  const ours = lines.filter((line) => line.includes(`--instance=${folder}`) || line.includes(`-D ${folder}/`));
  const start = lines.filter((line) => line.trim().startsWith(`${up} `) && line.includes("up.mjs"));
  return [...ours, ...start];
}
