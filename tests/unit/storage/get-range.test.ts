import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { CHUNK_BYTES, SEALED_CHUNK_BYTES } from "#server/crypto/file-format.ts";
import { getRange } from "#server/storage/get-range.ts";
import { putFile } from "#server/storage/put-file.ts";
import { makeFileRoom, newFile } from "#tests/factories/file-room.ts";

describe("a part of an encrypted file", () => {
  test.each([
    ["one byte short of a chunk", CHUNK_BYTES - 1],
    ["one chunk", CHUNK_BYTES],
    ["three chunks and a little", 3 * CHUNK_BYTES + 17],
    ["four whole chunks", 4 * CHUNK_BYTES],
  ])("is what was written there: %s", async (_, size) => {
    const made = await makeFileRoom();
    const content = randomBytes(size);
    const put = await putFile(made.scope, newFile(content), made.room);
    const edges = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, size - 2, size - 1];
    for (const start of edges.filter((at) => at < size))
      for (const end of edges.filter((at) => at >= start && at < size)) {
        const part = await buffer(await getRange(made.scope, put, { start, end }, made.room));
        expect(part.equals(content.subarray(start, end + 1)), `${start} to ${end}`).toBe(true);
      }
  });

  test("an altered, moved or cut chunk does not open, and those beside it do", async () => {
    const made = await makeFileRoom();
    const content = randomBytes(3 * CHUNK_BYTES);
    const put = await putFile(made.scope, newFile(content), made.room);
    const raw = await buffer(await made.room.objects.get(put.objectKey));
    const second = 33 + SEALED_CHUNK_BYTES;
    raw[second + 5] = (raw[second + 5] ?? 0) ^ 1;
    await made.room.objects.put(put.objectKey, Readable.from([raw.subarray(0, -100)]));
    const read = async (chunk: number) =>
      buffer(await getRange(made.scope, put, { start: chunk * CHUNK_BYTES, end: chunk * CHUNK_BYTES + 9 }, made.room));
    expect((await read(0)).equals(content.subarray(0, 10))).toBe(true);
    await expect(read(1)).rejects.toMatchObject({ code: "Unauthentic" });
    await expect(read(2)).rejects.toMatchObject({ code: "Unauthentic" });
  });
});
