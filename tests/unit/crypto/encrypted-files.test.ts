import { randomBytes, randomUUID } from "node:crypto";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import { decryptStream } from "#server/crypto/decrypt-stream.ts";
import { encryptStream } from "#server/crypto/encrypt-stream.ts";
import { CHUNK_BYTES, HEADER_BYTES, SEALED_CHUNK_BYTES } from "#server/crypto/file-format.ts";
import { looseKey } from "#tests/factories/vault.ts";

const key = looseKey();
const fileId = randomUUID();
const refused = { code: "Unauthentic" };

async function collect(source: Iterable<Buffer>, through: Transform): Promise<Buffer> {
  const parts: Buffer[] = [];
  await pipeline(Readable.from(source), through, async (stream: AsyncIterable<Buffer>) => {
    for await (const part of stream) parts.push(part);
  });
  return Buffer.concat(parts);
}

const encrypt = (content: Buffer, id = fileId, from: ClinicKey = key) => collect([content], encryptStream(from, id));
const decrypt = (content: Buffer, id = fileId, from: ClinicKey = key) => collect([content], decryptStream(from, id));
const chunk = (sealed: Buffer, index: number) =>
  sealed.subarray(HEADER_BYTES + index * SEALED_CHUNK_BYTES, HEADER_BYTES + (index + 1) * SEALED_CHUNK_BYTES);

function* sliced(content: Buffer, sizes: number[]): Generator<Buffer> {
  let at = 0;
  for (let turn = 0; at < content.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield content.subarray(at, at + size);
    at += size;
  }
}

describe("an encrypted file", () => {
  test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 5])(
    "of %i bytes comes back as it was, in the length that the form says",
    async (size) => {
      const content = randomBytes(size);
      const sealed = await encrypt(content);
      expect(sealed.length).toBe(HEADER_BYTES + size + 16 * Math.max(1, Math.ceil(size / CHUNK_BYTES)));
      expect((await decrypt(sealed)).equals(content)).toBe(true);
    },
  );

  test("does not depend on how the bytes arrive", async () => {
    const content = randomBytes(2 * CHUNK_BYTES + 77);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 500, max: 100_000 }), { minLength: 1, maxLength: 5 }),
        async (sizes) => {
          const sealed = await collect(sliced(content, sizes), encryptStream(key, fileId));
          const opened = await collect(sliced(sealed, [7, ...sizes]), decryptStream(key, fileId));
          expect(opened.equals(content)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("is refused with any bit flipped", async () => {
    const sealed = await encrypt(randomBytes(CHUNK_BYTES + 100));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: sealed.length * 8 - 1 }), async (bit) => {
        const altered = Buffer.from(sealed);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await expect(decrypt(altered)).rejects.toMatchObject(refused);
      }),
      { numRuns: 60 },
    );
  });

  test("is refused when cut anywhere, at a chunk's edge above all", async () => {
    const sealed = await encrypt(randomBytes(3 * CHUNK_BYTES));
    const edges = [0, 1, 2, 3].map((index) => HEADER_BYTES + index * SEALED_CHUNK_BYTES);
    for (const length of [0, 1, HEADER_BYTES - 1, ...edges, sealed.length - 1].filter((at) => at < sealed.length)) {
      await expect(decrypt(sealed.subarray(0, length)), `cut at ${length}`).rejects.toMatchObject(refused);
    }
  });

  test("is refused with chunks swapped, repeated, dropped, or anything appended", async () => {
    const sealed = await encrypt(randomBytes(3 * CHUNK_BYTES));
    const header = sealed.subarray(0, HEADER_BYTES);
    const [a, b, last] = [chunk(sealed, 0), chunk(sealed, 1), chunk(sealed, 2)] as [Buffer, Buffer, Buffer];
    for (const chunks of [
      [b, a, last],
      [a, a, last],
      [a, last],
      [a, b, last, last],
      [a, b, last, b],
      [a, b, last, Buffer.of(0)],
    ]) {
      await expect(decrypt(Buffer.concat([header, ...chunks]))).rejects.toMatchObject(refused);
    }
  });

  test("is refused under another file's id, another clinic's key, and with another file's chunks", async () => {
    const content = randomBytes(2 * CHUNK_BYTES);
    const sealed = await encrypt(content);
    await expect(decrypt(sealed, randomUUID())).rejects.toMatchObject(refused);
    await expect(decrypt(sealed, fileId, looseKey())).rejects.toMatchObject(refused);
    const again = await encrypt(content);
    const spliced = Buffer.concat([sealed.subarray(0, HEADER_BYTES), chunk(sealed, 0), chunk(again, 1)]);
    await expect(decrypt(spliced)).rejects.toMatchObject(refused);
  });

  test("gives out no byte of a chunk that does not authenticate", async () => {
    const content = randomBytes(2 * CHUNK_BYTES);
    const sealed = await encrypt(content);
    const at = HEADER_BYTES + SEALED_CHUNK_BYTES;
    sealed[at] = (sealed[at] ?? 0) ^ 1;
    const got: Buffer[] = [];
    const reading = pipeline(
      Readable.from([sealed]),
      decryptStream(key, fileId),
      async (stream: AsyncIterable<Buffer>) => {
        for await (const part of stream) got.push(part);
      },
    );
    await expect(reading).rejects.toMatchObject(refused);
    expect(content.subarray(0, CHUNK_BYTES).subarray(0, Buffer.concat(got).length).equals(Buffer.concat(got))).toBe(
      true,
    );
    expect(Buffer.concat(got).length).toBeLessThanOrEqual(CHUNK_BYTES);
  });
});
