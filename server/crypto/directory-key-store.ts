import { mkdir, open, opendir, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { CryptoError } from "./crypto-error.ts";
import type { KeyStore } from "./key-store.ts";
import { fsyncDirectory, writeDurably } from "./write-durably.ts";

/** A key store in a directory of small files (`CHEVET_KEYSTORE_DIR`), for one machine or a shared, encrypted volume. */
export function openDirectoryKeyStore(directory: string): KeyStore {
  let checked = false;

  // Entries are useless without the key-encryption key, but deleting them destroys a clinic: keep other accounts out.
  async function checkDirectory(): Promise<void> {
    if (checked) return;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const info = await stat(directory);
    if ((info.mode & 0o077) !== 0) {
      throw new CryptoError(
        "KeyStoreUnfit",
        `CHEVET_KEYSTORE_DIR: ${directory} is open to other accounts. Run: chmod 700 ${directory}`,
      );
    }
    checked = true;
  }

  return {
    place: directory,
    async read(name) {
      await checkDirectory();
      return readFile(join(directory, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
    },
    async create(name, content) {
      await checkDirectory();
      return writeDurably(join(directory, name), content, { exclusive: true });
    },
    async replace(name, content) {
      await checkDirectory();
      await writeDurably(join(directory, name), content);
    },
    async erase(name) {
      await checkDirectory();
      const path = join(directory, name);
      if (!(await overwrite(path))) return;
      await unlink(path);
      await fsyncDirectory(directory);
    },
    async *list() {
      await checkDirectory();
      for await (const entry of await opendir(directory)) {
        if (entry.isFile() && !entry.name.endsWith(".tmp")) yield entry.name;
      }
    },
  };
}

/** Zeroes the content first: on plain disks the blocks are then clean; where the file system copies on write, README says what remains. */
async function overwrite(path: string): Promise<boolean> {
  const handle = await open(path, "r+").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!handle) return false;
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size), 0, size, 0);
    await handle.sync();
    return true;
  } finally {
    await handle.close();
  }
}
