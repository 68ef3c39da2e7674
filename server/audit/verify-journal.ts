import { withSealer } from "#server/db/with-sealer.ts";
import { checkLink, type Fault } from "./check-link.ts";
import { readHeads } from "./head-files.ts";
import { genesisHash, hex } from "./journal-hash.ts";
import { type ChainRow, readChain, readHead, readUnsealed } from "./journal-rows.ts";
import { oldestOpenId } from "./lowest-id.ts";
import type { HeadsPlace } from "./sign-head.ts";
import { firstPrevious, hashHead, type SignedHead } from "./signed-head.ts";

const PAGE = 1000;

export interface JournalReport {
  journalId: string;
  /** Links that were checked, and the last of them. */
  checked: number;
  headSeq: bigint;
  /** Up to here a signed head vouches for the chain. */
  signedSeq: bigint;
  signedAt: Date | null;
  /** The first thing that is wrong, in the order of the journal; null when all of it holds. */
  fault: Fault | null;
  /** Events of the last moments, in no link yet. */
  waiting: number;
  oldestWaitingAt: Date | null;
  /** Links after the last signed head: whoever owns the database could still rewrite these unseen. */
  unsigned: bigint;
  /** Lines of the head files that are no trusted head (a crash leaves one at most). */
  rejectedHeads: number;
}

/**
 * Checks a whole journal against its chain and the chain against the signed heads, and names the first edit, gap, reordering
 * or truncation. Reads only; events recorded meanwhile are left for the next time.
 */
export async function verifyJournal(journalId: string, place: HeadsPlace): Promise<JournalReport> {
  const { heads, rejected } = await readHeads(place.directory, journalId, place.keys);
  const head = await withSealer(journalId, (db) => readHead(db, journalId));
  const walked = await walk(journalId, heads, head?.seq ?? 0n);
  const unsealed = await withSealer(journalId, (db) => readUnsealed(db, journalId, oldestOpenId(head?.sealedAt)));
  const last = heads.at(-1);
  const signedSeq = BigInt(last?.seq ?? 0);
  const headSeq = head?.seq ?? 0n;
  return {
    journalId,
    checked: walked.checked,
    headSeq,
    signedSeq,
    signedAt: last ? new Date(last.signedAt) : null,
    fault: walked.fault ?? truncation(heads, headSeq) ?? brokenHeads(heads) ?? leftOut(unsealed),
    waiting: unsealed.waiting,
    oldestWaitingAt: unsealed.oldestWaitingAt,
    unsigned: headSeq > signedSeq ? headSeq - signedSeq : 0n,
    rejectedHeads: rejected,
  };
}

async function walk(
  journalId: string,
  heads: SignedHead[],
  upTo: bigint,
): Promise<{ checked: number; fault: Fault | null }> {
  const signed = new Map(heads.map((head) => [head.seq, head.hash]));
  let previous = { seq: 0n, hash: genesisHash as Uint8Array };
  let vouchedFor = 0n;
  let checked = 0;
  while (previous.seq < upTo) {
    const page: ChainRow[] = await withSealer(journalId, (db) => readChain(db, journalId, previous.seq, PAGE));
    if (page.length === 0) return { checked, fault: { kind: "gap", seq: previous.seq + 1n } };
    for (const row of page) {
      const fault = checkLink(journalId, row, previous);
      if (fault) return { checked, fault };
      const vouched = signed.get(row.seq.toString());
      if (vouched && vouched !== hex(row.hash)) {
        return { checked, fault: { kind: "rewritten", seq: vouchedFor + 1n, untilSeq: row.seq } };
      }
      if (vouched) vouchedFor = row.seq;
      previous = row;
      checked += 1;
    }
  }
  return { checked, fault: null };
}

function truncation(heads: SignedHead[], headSeq: bigint): Fault | null {
  const signedSeq = BigInt(heads.at(-1)?.seq ?? 0);
  return signedSeq > headSeq ? { kind: "truncated", seq: headSeq + 1n, untilSeq: signedSeq } : null;
}

function brokenHeads(heads: SignedHead[]): Fault | null {
  const before = [firstPrevious, ...heads.map(hashHead)];
  const broken = heads.find((head, index) => head.previous !== before[index]);
  return broken ? { kind: "heads-missing", seq: BigInt(broken.seq) } : null;
}

function leftOut({ leftOut: count, firstLeftOutId }: { leftOut: number; firstLeftOutId: string | null }): Fault | null {
  return count > 0 && firstLeftOutId ? { kind: "left-out", eventId: firstLeftOutId, count } : null;
}
