import { hashEvent, hashLink, hex } from "./journal-hash.ts";
import type { ChainRow } from "./journal-rows.ts";

/** What is wrong with a journal, and where it begins. */
export type Fault =
  /** A number is missing: a link was taken out of the middle. */
  | { kind: "gap"; seq: bigint }
  /** A link names an event that is no longer there. */
  | { kind: "event-missing"; seq: bigint; eventId: string }
  /** An event is not what was sealed. */
  | { kind: "edited"; seq: bigint; eventId: string; recordedAt: Date }
  /** A link was changed, or stands in another's place. */
  | { kind: "reordered"; seq: bigint; eventId: string }
  /** A consistent chain that is not the one that was signed: rewritten somewhere between the two numbers. */
  | { kind: "rewritten"; seq: bigint; untilSeq: bigint }
  /** The chain ends before what was signed. */
  | { kind: "truncated"; seq: bigint; untilSeq: bigint }
  /** A signed head before this one was taken away. */
  | { kind: "heads-missing"; seq: bigint }
  /** Old events that are in no link. */
  | { kind: "left-out"; eventId: string; count: number };

/** Checks one link and its event against the link before it. */
export function checkLink(journalId: string, row: ChainRow, previous: { seq: bigint; hash: Uint8Array }): Fault | null {
  const { seq, eventId } = row;
  if (seq !== previous.seq + 1n) return { kind: "gap", seq: previous.seq + 1n };
  if (hex(row.previousHash) !== hex(previous.hash)) return { kind: "reordered", seq, eventId };
  if (hex(row.hash) !== hex(hashLink(journalId, row))) return { kind: "reordered", seq, eventId };
  if (!row.fields || !row.recordedAt) return { kind: "event-missing", seq, eventId };
  if (hex(row.eventHash) === hex(hashEvent(journalId, row.fields))) return null;
  return { kind: "edited", seq, eventId, recordedAt: row.recordedAt };
}
