import { createHash } from "node:crypto";
import { bindContext } from "#server/crypto/bind-context.ts";

/** A journal's chain begins here. */
export const genesisHash: Buffer = Buffer.alloc(32);

/** A column's value as PostgreSQL writes it, in an order that `journal-rows.ts` fixes. Null and "" are different. */
export type EventFields = readonly (string | null)[];

/** SHA-256 over every column of an event, so that no column can change unseen. */
export function hashEvent(journalId: string, fields: EventFields): Buffer {
  const marked = fields.map((field) => (field === null ? "-" : `+${field}`));
  return createHash("sha256")
    .update(bindContext("chevet.event.1", journalId, ...marked))
    .digest();
}

export interface Link {
  seq: bigint;
  eventHash: Uint8Array;
  previousHash: Uint8Array;
  sealedAt: Date;
}

/** SHA-256 over an event's hash, its number, when it was sealed, and the link before it. */
export function hashLink(journalId: string, { seq, eventHash, previousHash, sealedAt }: Link): Buffer {
  const parts = [seq.toString(), hex(previousHash), hex(eventHash), sealedAt.toISOString()];
  return createHash("sha256")
    .update(bindContext("chevet.link.1", journalId, ...parts))
    .digest();
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
