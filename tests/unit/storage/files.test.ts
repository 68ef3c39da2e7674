import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readdir, readFile, symlink, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { destroyClinicKey } from "#server/crypto/destroy-clinic-key.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { findOrphans } from "#server/storage/find-orphans.ts";
import { getFile } from "#server/storage/get-file.ts";
import { putFile } from "#server/storage/put-file.ts";
import { openS3Client } from "#server/storage/s3-client.ts";
import { openS3ObjectStore } from "#server/storage/s3-object-store.ts";
import { makeFileRoom, newFile, type TestFileRoom } from "#tests/factories/file-room.ts";
import { type S3TestServer, startS3Server } from "#tests/servers/s3-server.ts";

const MIB = 1024 * 1024;
let server: S3TestServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function makeRoomOn(backend: string): Promise<TestFileRoom> {
  if (backend === "directory") return makeFileRoom();
  server = await startS3Server({ pageSize: 2 });
  return makeFileRoom(openS3ObjectStore(openS3Client(server.settings), "files"));
}

const listed = <T>(source: AsyncIterable<T>): Promise<T[]> => Readable.from(source).toArray();

/** Every object's bytes, as whoever holds the disk or the bucket sees them. */
async function everything({ root }: TestFileRoom): Promise<Map<string, Buffer>> {
  if (server) return new Map([...server.objects].map(([path, versions]) => [path, versions.at(-1)?.content as Buffer]));
  const paths = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      paths.map(async ({ parentPath, name }) => [name, await readFile(join(parentPath, name))] as const),
    ),
  );
}

describe.each(["directory", "s3"])("files on %s", (backend) => {
  test("of any size come back as they were, unreadable where they lie", async () => {
    const made = await makeRoomOn(backend);
    for (const size of [0, 1, 65_536, 3 * MIB, 20 * MIB]) {
      const content = randomBytes(size);
      const put = await putFile(made.scope, newFile(content), made.room);
      expect(put.sizeBytes).toBe(size);
      expect(put.objectKey).toMatch(new RegExp(`^${made.scope.clinic.id}/[0-9a-f]{48}$`));
      expect((await buffer(await getFile(made.scope, put, made.room))).equals(content)).toBe(true);
      const raw = await buffer(await made.room.objects.get(put.objectKey));
      expect(Buffer.from(put.sha256).equals(createHash("sha256").update(raw).digest())).toBe(true);
      if (size > 16) expect(raw.includes(content.subarray(0, 16))).toBe(false);
    }
  }, 30_000);

  test("that are too large, or whose flow breaks off, leave nothing behind", async () => {
    const made = await makeRoomOn(backend);
    for (const size of [2000, 12 * MIB]) {
      const tooLarge = putFile(made.scope, newFile(randomBytes(size), size - 1), made.room);
      await expect(tooLarge).rejects.toMatchObject({ code: "Invalid", key: "file.tooLarge" });
      const broken = Readable.from(
        (async function* () {
          yield randomBytes(size);
          throw new Error("the browser went away");
        })(),
      );
      await expect(putFile(made.scope, { ...newFile(Buffer.alloc(0)), content: broken }, made.room)).rejects.toThrow(
        "went away",
      );
    }
    expect((await everything(made)).size).toBe(0);
    expect(server?.openUploads.size ?? 0).toBe(0);
  });

  test("of another clinic, or of another row, do not open", async () => {
    const made = await makeRoomOn(backend);
    const put = await putFile(made.scope, newFile(Buffer.from("lettre")), made.room);
    await expect(getFile(made.otherScope, put, made.room)).rejects.toThrow(/another clinic/);
    await expect(deleteFile(made.otherScope, put, made.room)).rejects.toThrow(/another clinic/);
    const swapped = await getFile(made.scope, { ...put, id: randomUUID() }, made.room);
    await expect(buffer(swapped)).rejects.toMatchObject({ code: "Unauthentic" });
  });

  test("that were swapped, cut or lost in the store are reported, not served", async () => {
    const made = await makeRoomOn(backend);
    const [a, b] = [
      await putFile(made.scope, newFile(randomBytes(MIB)), made.room),
      await putFile(made.scope, newFile(randomBytes(MIB)), made.room),
    ];
    const raw = await buffer(await made.room.objects.get(a.objectKey));
    for (const planted of [
      await buffer(await made.room.objects.get(b.objectKey)),
      raw.subarray(0, 65_585),
      Buffer.alloc(0),
    ]) {
      await made.room.objects.delete(a.objectKey);
      await made.room.objects.put(a.objectKey, Readable.from([planted]));
      await expect(buffer(await getFile(made.scope, a, made.room))).rejects.toMatchObject({ code: "Unauthentic" });
    }
    await deleteFile(made.scope, a, made.room);
    await deleteFile(made.scope, a, made.room);
    await expect(getFile(made.scope, a, made.room)).rejects.toMatchObject({ code: "ObjectMissing" });
  });

  test("are unreadable once the clinic's key is destroyed; the other clinic's are not", async () => {
    const made = await makeRoomOn(backend);
    const put = await putFile(made.scope, newFile(Buffer.from("lettre")), made.room);
    const other = await putFile(made.otherScope, newFile(Buffer.from("lettre")), made.room);
    await destroyClinicKey(made.scope.clinic.id, "order 21", made.room.vault);
    await expect(getFile(made.scope, put, made.room)).rejects.toMatchObject({ code: "KeyDestroyed" });
    await expect(putFile(made.scope, newFile(Buffer.from("x")), made.room)).rejects.toMatchObject({
      code: "KeyDestroyed",
    });
    expect((await buffer(await getFile(made.otherScope, other, made.room))).toString()).toBe("lettre");
  });

  test("without a row are found after a day, per clinic; those with a row and young ones are not", async () => {
    const made = await makeRoomOn(backend);
    const puts = [];
    for (let turn = 0; turn < 5; turn += 1) puts.push(await putFile(made.scope, newFile(randomBytes(10)), made.room));
    const [kept, young, ...orphans] = puts.map((put) => put.objectKey) as [string, string, ...string[]];
    const foreign = await putFile(made.otherScope, newFile(randomBytes(10)), made.room);
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const objectKey of [kept, ...orphans, foreign.objectKey]) {
      if (!server) await utimes(join(made.root, objectKey), yesterday, yesterday);
      for (const version of server?.objects.get(`files/${objectKey}`) ?? []) version.at = yesterday;
    }
    const asked: string[] = [];
    const found = await listed(
      findOrphans(
        made.scope,
        async (keys) => {
          asked.push(...keys);
          return new Set([kept]);
        },
        0,
        made.room,
      ),
    );
    expect(found.sort()).toEqual(orphans.sort());
    expect(asked).not.toContain(young);
  });
});

describe("the directory store", () => {
  test("takes no path but its own, and follows no link", async () => {
    const { room, root, scope } = await makeFileRoom();
    for (const objectKey of [
      "../../etc/passwd",
      `${scope.clinic.id}/../x`,
      `${scope.clinic.id}/${"g".repeat(48)}`,
      "",
    ]) {
      await expect(room.objects.get(objectKey)).rejects.toThrow(TypeError);
      await expect(room.objects.put(objectKey, Readable.from(["x"]))).rejects.toThrow(TypeError);
      await expect(room.objects.delete(objectKey)).rejects.toThrow(TypeError);
    }
    const put = await putFile(scope, newFile(Buffer.from("x")), room);
    const path = join(root, put.objectKey);
    await writeFile(join(root, "secret"), "secret");
    await unlink(path);
    await symlink(join(root, "secret"), path);
    await expect(getFile(scope, put, room)).rejects.toMatchObject({ code: "ELOOP" });
  });
});

describe("the S3 store", () => {
  test("retries a store that stumbles, and gives up on one that refuses, leaving no part behind", async () => {
    const { room, scope } = await makeRoomOn("s3");
    server?.failNext(/^PUT/, 503);
    const put = await putFile(scope, newFile(Buffer.from("lettre")), room);
    expect((await buffer(await getFile(scope, put, room))).toString()).toBe("lettre");
    server?.failNext(/partNumber=2/, 403);
    await expect(putFile(scope, newFile(randomBytes(12 * MIB)), room)).rejects.toThrow();
    expect(server?.openUploads.size).toBe(0);
    expect(server?.objects.size).toBe(1);
  }, 20_000);

  test("never asks for a listing outside one clinic", async () => {
    const { room, scope } = await makeRoomOn("s3");
    await expect(listed(room.objects.list(""))).rejects.toThrow(TypeError);
    await listed(room.objects.list(scope.clinic.id));
    expect(server?.requests.filter((line) => line.includes("list-type"))).toEqual([
      expect.stringContaining(`prefix=${scope.clinic.id}%2F`),
    ]);
  });
});
