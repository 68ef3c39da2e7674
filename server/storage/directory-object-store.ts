import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, opendir, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fsyncDirectory } from "#server/crypto/write-durably.ts";
import { checkClinicId, checkObjectKey, isObjectKey, type ObjectStore, StorageError } from "./object-store.ts";

/** Files on a local disk: `<root>/<clinic>/<random>`. */
export function openDirectoryObjectStore(root: string): ObjectStore {
  const pathOf = (objectKey: string) => join(root, checkObjectKey(objectKey));

  return {
    async put(objectKey, content) {
      const path = pathOf(objectKey);
      const folder = dirname(path);
      const made = await mkdir(folder, { recursive: true, mode: 0o700 });
      if (made) await fsyncDirectory(dirname(folder));
      const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
      const handle = await open(temporary, "wx", 0o600);
      try {
        // `flush` syncs before closing: the rename below must never be older than the content.
        await pipeline(content, handle.createWriteStream({ flush: true }));
        await rename(temporary, path);
      } catch (error) {
        await unlink(temporary).catch(() => undefined);
        throw error;
      }
      await fsyncDirectory(folder);
    },
    async get(objectKey, range) {
      // O_NOFOLLOW: a link planted in the folder is not a file of ours.
      const handle = await open(pathOf(objectKey), constants.O_RDONLY | constants.O_NOFOLLOW).catch(missing);
      return handle.createReadStream(range);
    },
    async delete(objectKey) {
      const path = pathOf(objectKey);
      const gone = await unlink(path).catch((error: NodeJS.ErrnoException) => error);
      if (gone && gone.code !== "ENOENT") throw gone;
      if (!gone) await fsyncDirectory(dirname(path));
    },
    async *list(clinicId) {
      const folder = join(root, checkClinicId(clinicId));
      const entries = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      for await (const entry of entries) {
        const objectKey = `${clinicId}/${entry.name}`;
        const info = isObjectKey(objectKey) ? await stat(join(root, objectKey)).catch(() => null) : null;
        if (info) yield { objectKey, writtenAt: info.mtime };
      }
    },
  };
}

function missing(error: NodeJS.ErrnoException): never {
  throw error.code === "ENOENT" ? new StorageError() : error;
}
