import { withSealer } from "#server/db/with-sealer.ts";
import { genesisHash, hashEvent, hashLink } from "./journal-hash.ts";
import { type Head, insertLinks, readHead, readSealable, type SealableEvent, takeTurn } from "./journal-rows.ts";
import { oldestOpenId } from "./lowest-id.ts";

const BATCH = 500;

/**
 * Numbers a journal's new events and adds them to its hash chain, behind the oldest running transaction. Safe to run twice at
 * once (the second finds the turn taken) and to stop anywhere (a batch is one transaction).
 * @param journalId a clinic, or `platformJournal`
 * @returns how many were sealed by this call; when it equals `limit` more may wait
 */
export function sealJournal(journalId: string, limit: number = BATCH): Promise<number> {
  return withSealer(journalId, async (db) => {
    if (!(await takeTurn(db, "seal", journalId))) return 0;
    const head = await readHead(db, journalId);
    const events = await readSealable(db, journalId, oldestOpenId(head?.sealedAt), limit);
    if (events.length > 0) await insertLinks(db, journalId, chain(journalId, head, events));
    return events.length;
  });
}

function chain(journalId: string, head: Head | null, events: SealableEvent[]) {
  const sealedAt = new Date();
  let seq = head?.seq ?? 0n;
  let previousHash: Buffer = Buffer.from(head?.hash ?? genesisHash);
  return events.map(({ id, fields }) => {
    seq += 1n;
    const eventHash = hashEvent(journalId, fields);
    const link = { seq, eventId: id, eventHash, previousHash, sealedAt };
    const hash = hashLink(journalId, link);
    previousHash = hash;
    return { ...link, hash };
  });
}
