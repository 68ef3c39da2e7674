import { randomBytes } from "node:crypto";
import { link, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a rename, link or unlink inside `directory` survive a power cut. */
export async function fsyncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a small file so that a crash leaves the old content or the new, never a part of either.
 * With `exclusive`, an existing file is left alone: `link` refuses it in one step, with no gap between the check and the write.
 * @returns false when `exclusive` met an existing file
 */
export async function writeDurably(
  path: string,
  content: Uint8Array | string,
  options: { exclusive?: boolean } = {},
): Promise<boolean> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const handle = await open(temporary, "wx", 0o600);
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!options.exclusive) {
      await rename(temporary, path);
      await fsyncDirectory(dirname(path));
      return true;
    }
    await link(temporary, path);
  } catch (error) {
    if (options.exclusive && (error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(temporary).catch(ignoreMissing);
  }
  await fsyncDirectory(dirname(path));
  return true;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
