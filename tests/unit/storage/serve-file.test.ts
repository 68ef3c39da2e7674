import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { putFile } from "#server/storage/put-file.ts";
import { type ServedFile, serveFile } from "#server/storage/serve-file.ts";
import { makeFileRoom, newFile, type TestFileRoom } from "#tests/factories/file-room.ts";

let server: Server | undefined;
afterEach(() => server?.close());

async function serve({ room, scope }: TestFileRoom, file: ServedFile): Promise<string> {
  server = createServer((request, response) => serveFile(request, response, scope, file, room));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("serveFile", () => {
  test("gives a picture with headers that keep it harmless", async () => {
    const made = await makeFileRoom();
    const content = randomBytes(200_000);
    const put = await putFile(made.scope, newFile(content), made.room);
    const url = await serve(made, { ...put, mediaType: "image/png" });
    const response = await fetch(url);
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": "200000",
      "content-disposition": `inline; filename="${put.id}.png"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
      "cache-control": "private, no-store",
      "cross-origin-resource-policy": "same-origin",
    });
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "200000", ""]);
  });

  test.each([
    ["text/html", "application/octet-stream", "bin"],
    ["image/svg+xml", "application/octet-stream", "bin"],
    ["application/pdf", "application/pdf", "pdf"],
  ])("%s is downloaded, never shown", async (mediaType, served, extension) => {
    const made = await makeFileRoom();
    const put = await putFile(made.scope, newFile(Buffer.from("<script>")), made.room);
    const response = await fetch(await serve(made, { ...put, mediaType }));
    await response.arrayBuffer();
    expect(response.headers.get("content-type")).toBe(served);
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${put.id}.${extension}"`);
  });

  test("a lost file is said to be unavailable; a damaged one never arrives whole", async () => {
    const made = await makeFileRoom();
    const put = await putFile(made.scope, newFile(randomBytes(500_000)), made.room);
    const url = await serve(made, { ...put, mediaType: "image/png" });
    const raw = await buffer(await made.room.objects.get(put.objectKey));
    raw[400_000] = (raw[400_000] ?? 0) ^ 1;
    await made.room.objects.put(put.objectKey, Readable.from([raw]));
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
    await made.room.objects.delete(put.objectKey);
    const lost = await fetch(url);
    expect([lost.status, await lost.json()]).toEqual([503, { error: "file.unavailable" }]);
  });

  test("a reader who leaves half-way harms nobody", async () => {
    const made = await makeFileRoom();
    const content = randomBytes(8_000_000);
    const put = await putFile(made.scope, newFile(content), made.room);
    const url = await serve(made, { ...put, mediaType: "image/png" });
    const leaving = new AbortController();
    const response = await fetch(url, { signal: leaving.signal });
    await response.body?.getReader().read();
    leaving.abort();
    const again = await fetch(url);
    expect((await again.arrayBuffer()).byteLength).toBe(content.length);
  });
});
