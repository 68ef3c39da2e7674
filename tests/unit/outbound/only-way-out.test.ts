import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** What can open a connection. Client libraries have their own rooms: server/queue, server/mail, server/db, server/storage. */
const DOORS = [
  /(?<![\w.])fetch\(/,
  /from "(?:node:)?(?:https|http2|tls|dgram)"/,
  /\b(?:connect|createConnection|Socket)\b[^;]*from "node:net"/,
  /from "undici"/,
  /\bhttp\.(?:request|get)\(/,
];
const ALLOWED = [/^outbound\//];

test("no other file of the server opens a connection of its own", async () => {
  const root = new URL("../../../server/", import.meta.url);
  const files = (await readdir(root, { recursive: true })).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes("generated/"),
  );
  const found: string[] = [];
  for (const name of files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)))) {
    const source = await readFile(new URL(name, root), "utf8");
    if (DOORS.some((door) => door.test(source))) found.push(name);
  }
  expect(found).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
});
