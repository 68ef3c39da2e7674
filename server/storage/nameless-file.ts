import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A file for the length of a work, too large to be held in memory: ours alone, and without a name from its first byte on, so that whatever becomes of
 * this process the system removes it. Its content is not encrypted: it is kept elsewhere when the work is done (put-file.ts).
 */
export async function withNamelessFile<T>(work: (file: FileHandle) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "chevet-"));
  try {
    const file = await open(join(folder, "part"), "wx+", 0o600);
    try {
      // A system that removes no open file keeps its name until the end of the work.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      return await work(file);
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
