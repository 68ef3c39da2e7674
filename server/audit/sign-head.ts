import { withSealer } from "#server/db/with-sealer.ts";
import type { AuditKeys } from "./audit-key.ts";
import { appendHead, readLastHead } from "./head-files.ts";
import { hex } from "./journal-hash.ts";
import { readHead, readLinkHash, takeTurn } from "./journal-rows.ts";
import { firstPrevious, hashHead, signHeadLine } from "./signed-head.ts";

/** Heads are a minute apart at least: what was sealed since the last one is the window that only the next one protects. */
const APART_MS = 60_000;

export interface HeadsPlace {
  directory: string;
  keys: AuditKeys;
}

/**
 * Signs where a journal stands, after making sure that it still contains where it stood: a chain that was cut or rewritten
 * is **never signed**, and says so every time.
 * @returns `diverged` when the last signed head is no longer in the chain: run `audit verify`
 */
export function signHead(
  journalId: string,
  { directory, keys }: HeadsPlace,
  apartMs: number = APART_MS,
): Promise<"signed" | "current" | "diverged" | "busy"> {
  return withSealer(journalId, async (db) => {
    if (!(await takeTurn(db, "sign", journalId))) return "busy";
    const head = await readHead(db, journalId);
    const last = await readLastHead(directory, journalId, keys);
    if (last) {
      const then = await readLinkHash(db, journalId, BigInt(last.seq));
      if (!then || hex(then) !== last.hash) return "diverged";
    }
    if (!head || head.seq.toString() === last?.seq) return "current";
    if (last && Date.now() - Date.parse(last.signedAt) < apartMs) return "current";
    const line = {
      journal: journalId,
      seq: head.seq.toString(),
      hash: hex(head.hash),
      sealedAt: head.sealedAt.toISOString(),
      signedAt: new Date().toISOString(),
      previous: last ? hashHead(last) : firstPrevious,
    };
    await appendHead(directory, signHeadLine(line, keys));
    return "signed";
  });
}
