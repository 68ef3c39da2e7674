import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { runApart } from "#server/document/reading/run-apart.ts";
import { runExtraction } from "#server/document/reading/run-extraction.ts";
import { aDocx } from "#tests/factories/office.ts";

// A process, or a page of PDF, takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A stranger's file is looked at in a process of its own, which may do what it likes to itself. */

const folder = mkdtempSync(join(tmpdir(), "chevet-apart-"));
afterAll(() => rmSync(folder, { recursive: true }));

const bounds = { limitMs: 30_000, mostHeapMb: 64, mostSaid: 1_000_000 };
const say = 'import { createWriteStream } from "node:fs"; const out = createWriteStream("", { fd: 3 });';
function run(code: string, more: Partial<Parameters<typeof runApart>[3]> = {}, content = Buffer.from("x")) {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(path, code);
  return runApart({ source: pathToFileURL(path), name: "" }, content, "mot", { ...bounds, ...more });
}

describe("a process of its own", () => {
  it("is given one word and nothing of our environment", async () => {
    process.env.CHEVET_SECRET_OF_TEST = "secret";
    const said = await run(`${say} out.end(JSON.stringify([process.argv[2], Object.keys(process.env)]));`);
    delete process.env.CHEVET_SECRET_OF_TEST;
    expect(said?.toString()).toBe('["mot",["NODE_ENV"]]');
  });

  it("out of memory ends alone", async () => {
    expect(await run("const all = []; for (;;) all.push(new Array(1_000).fill(all.length));")).toBeUndefined();
  });

  it("whose bytes, which are not of its heap, go past all measure is ended, though it lets nothing else run", async () => {
    const path = new URL("../../../server/document/reading/answer-apart.ts", import.meta.url);
    const greedy = `import { answerApart } from ${JSON.stringify(path.href)}; await answerApart(async () => { const all = []; for (let at = 0; at < 1500; at += 1) all.push(Buffer.alloc(1048576, 1)); return "whole"; });`;
    expect(await run(greedy)).toBeUndefined();
    expect((await run(greedy.replace("1500", "100")))?.toString()).toBe("whole");
  });

  it.each([
    ["that never ends is ended", "for (;;);", { limitMs: 2_000 }],
    [
      "that says too much is ended",
      `${say} for (;;) { await new Promise((done) => out.write("a".repeat(65_536), done)); }`,
      {},
    ],
    ["that fails half way has said nothing", `${say} out.write("half", () => process.exit(1));`, {}],
    ["that does not read what it is given ends as it wants", "process.exit(3);", {}],
  ])("one %s", async (_, code, more) => {
    expect(await run(code, more, Buffer.alloc(5_000_000))).toBeUndefined();
  });

  it("ends when nobody waits for it", async () => {
    const asked = new AbortController();
    setTimeout(() => asked.abort(), 500);
    expect(await run("for (;;);", { signal: asked.signal, limitMs: 600_000 })).toBeUndefined();
    expect(await run("for (;;);", { signal: asked.signal, limitMs: 600_000 })).toBeUndefined();
  });

  it("reads the words of a document, and of a broken one says that it could not", async () => {
    const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const read = await runExtraction(aDocx("Élan"), type);
    expect(read).toMatchObject({ state: "read", text: expect.stringContaining("Élan") });
    expect(await runExtraction(Buffer.from("PK"), type)).toMatchObject({ state: "failed", text: "" });
  });
});
