import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fsyncDirectory } from "#server/crypto/write-durably.ts";
import type { AuditKeys } from "./audit-key.ts";
import { parseHeadLine, type SignedHead } from "./signed-head.ts";

/*
 * `<CHEVET_AUDIT_HEADS_DIR>/<journal>/<year>-<month>.jsonl`, one signed head per line, only ever appended to. The folder
 * belongs on a disk that the database's administrators cannot write to, or is copied to one.
 */

const MONTH_FILE = /^\d{4}-\d{2}\.jsonl$/;

export interface HeadFiles {
  heads: SignedHead[];
  /** Lines that are no trusted head: one cut by a crash, or something that was tampered with. */
  rejected: number;
}

/** Every head of a journal, oldest first. */
export async function readHeads(directory: string, journalId: string, keys: AuditKeys): Promise<HeadFiles> {
  const found: HeadFiles = { heads: [], rejected: 0 };
  for (const path of await monthFiles(directory, journalId)) {
    for (const line of (await readFile(path, "utf8")).split("\n").filter(Boolean)) {
      const head = parseHeadLine(line, journalId, keys);
      if (head) found.heads.push(head);
      else found.rejected += 1;
    }
  }
  return found;
}

/** The newest head, looked for from the end. */
export async function readLastHead(directory: string, journalId: string, keys: AuditKeys): Promise<SignedHead | null> {
  for (const path of (await monthFiles(directory, journalId)).reverse()) {
    const lines = (await readFile(path, "utf8")).split("\n").filter(Boolean).reverse();
    for (const line of lines) {
      const head = parseHeadLine(line, journalId, keys);
      if (head) return head;
    }
  }
  return null;
}

/** Appends one head and makes it survive a power cut. A line that an earlier crash left unfinished is closed first. */
export async function appendHead(directory: string, head: SignedHead): Promise<void> {
  const folder = join(directory, head.journal);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const handle = await open(join(folder, `${head.signedAt.slice(0, 7)}.jsonl`), "a+", 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const unfinished = size > 0 && last.toString() !== "\n";
    await handle.appendFile(`${unfinished ? "\n" : ""}${JSON.stringify(head)}\n`);
    await handle.sync();
    if (size === 0) await fsyncDirectory(folder);
  } finally {
    await handle.close();
  }
}

async function monthFiles(directory: string, journalId: string): Promise<string[]> {
  const folder = join(directory, journalId);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => MONTH_FILE.test(name))
    .sort()
    .map((name) => join(folder, name));
}
