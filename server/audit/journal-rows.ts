import type { Db } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { platformJournal } from "#server/db/with-sealer.ts";
import type { EventFields } from "./journal-hash.ts";

/*
 * The journal's rows as the sealer and the verifier read them: one shape for the clinics' journals and for identity's, which
 * has no clinic. Everything about a column is in the event's hash, so a new column is added to these lists in its migration.
 */

export interface Head {
  seq: bigint;
  hash: Uint8Array;
  sealedAt: Date;
}

export interface SealableEvent {
  id: string;
  fields: EventFields;
}

export interface ChainRow {
  seq: bigint;
  eventId: string;
  eventHash: Uint8Array;
  previousHash: Uint8Array;
  hash: Uint8Array;
  sealedAt: Date;
  /** null: the event is gone. */
  fields: EventFields | null;
  recordedAt: Date | null;
}

const micros = sql`(extract(epoch from e.recorded_at) * 1000000)::bigint::text`;
const clinicFields = sql`array[e.id::text, ${micros}, e.recorded_txid::text, e.event, e.action, e.outcome, e.entity,
  e.entity_ids::text, e.patient_id::text, e.agent_id::text, e.agent_role, e.session_id::text, e.request_id::text,
  e.address::text, e.ground, e.detail::text]`;
const identityFields = sql`array[e.id::text, ${micros}, e.recorded_txid::text, e.event, e.outcome, e.user_id::text,
  e.session_id::text, e.clinic_id::text, e.request_id::text, e.address::text, e.detail::text]`;

/** Where a journal's rows are. Every condition on a clinic's tables names the clinic, as every statement does. */
function tablesOf(journalId: string) {
  if (journalId === platformJournal) {
    return {
      events: sql`identity.audit_event e`,
      seals: sql`identity.audit_seal s`,
      fields: identityFields,
      ofEvents: sql`true`,
      ofSeals: sql`true`,
      sameEvent: sql`s.event_id = e.id`,
    };
  }
  return {
    events: sql`clinic.audit_event e`,
    seals: sql`clinic.audit_seal s`,
    fields: clinicFields,
    ofEvents: sql`e.clinic_id = ${journalId}::uuid`,
    ofSeals: sql`s.clinic_id = ${journalId}::uuid`,
    sameEvent: sql`s.clinic_id = e.clinic_id and s.event_id = e.id`,
  };
}

/** One sealer, or one signer, per journal at a time, until the transaction ends. False when another is at it. */
export async function takeTurn(db: Db, work: "seal" | "sign", journalId: string): Promise<boolean> {
  const name = `journal:${work}:${journalId}`;
  const rows = await db.$queryRaw<
    { taken: boolean }[]
  >`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as taken`;
  return rows[0]?.taken ?? false;
}

/** The last link of the chain. */
export async function readHead(db: Db, journalId: string): Promise<Head | null> {
  const { seals, ofSeals } = tablesOf(journalId);
  const rows = await db.$queryRaw<Head[]>`
    select s.seq, s.hash, s.sealed_at as "sealedAt" from ${seals} where ${ofSeals} order by s.seq desc limit 1`;
  return rows[0] ?? null;
}

/**
 * Events that may be sealed now, in the order in which they will stand. Only those whose transaction is older than the oldest
 * one still running: no event can appear among them later. (A transaction number at or beyond the next one comes from another
 * cluster, before a restore: that one is over, too.)
 * @param sinceId a lower bound for the search, `oldestOpenId`
 */
export function readSealable(db: Db, journalId: string, sinceId: string, limit: number): Promise<SealableEvent[]> {
  const { events, seals, fields, ofEvents, sameEvent } = tablesOf(journalId);
  return db.$queryRaw<SealableEvent[]>`
    select e.id, ${fields} as fields from ${events}
    where ${ofEvents} and e.id >= ${sinceId}::uuid
      and (e.recorded_txid < pg_snapshot_xmin(pg_current_snapshot()) or e.recorded_txid >= pg_snapshot_xmax(pg_current_snapshot()))
      and not exists (select from ${seals} where ${sameEvent})
    order by e.recorded_txid, e.id limit ${limit}`;
}

/** The chain after `afterSeq`, with the events it names as they are now. */
export function readChain(db: Db, journalId: string, afterSeq: bigint, limit: number): Promise<ChainRow[]> {
  const { events, seals, fields, ofSeals, sameEvent } = tablesOf(journalId);
  return db.$queryRaw<ChainRow[]>`
    select s.seq, s.event_id as "eventId", s.event_hash as "eventHash", s.previous_hash as "previousHash", s.hash,
      s.sealed_at as "sealedAt", e.recorded_at as "recordedAt", case when e.id is not null then ${fields} end as fields
    from ${seals} left join ${events} on ${sameEvent}
    where ${ofSeals} and s.seq > ${afterSeq} order by s.seq limit ${limit}`;
}

/** One link's hash, to compare with a signed head; null when the chain does not hold it. */
export async function readLinkHash(db: Db, journalId: string, seq: bigint): Promise<Uint8Array | null> {
  const { seals, ofSeals } = tablesOf(journalId);
  const rows = await db.$queryRaw<
    { hash: Uint8Array }[]
  >`select s.hash from ${seals} where ${ofSeals} and s.seq = ${seq}`;
  return rows[0]?.hash ?? null;
}

export interface Unsealed {
  /** In no link, and so old that the sealer no longer looks for it: put there behind its back. */
  leftOut: number;
  firstLeftOutId: string | null;
  /** Written lately, sealed soon. */
  waiting: number;
  oldestWaitingAt: Date | null;
}

/** Events that are in no link. */
export async function readUnsealed(db: Db, journalId: string, sinceId: string): Promise<Unsealed> {
  const { events, seals, ofEvents, sameEvent } = tablesOf(journalId);
  const rows = await db.$queryRaw<Unsealed[]>`
    select count(*) filter (where e.id < ${sinceId}::uuid)::int as "leftOut",
      (array_agg(e.id order by e.id) filter (where e.id < ${sinceId}::uuid))[1] as "firstLeftOutId",
      count(*) filter (where e.id >= ${sinceId}::uuid)::int as waiting,
      min(e.recorded_at) filter (where e.id >= ${sinceId}::uuid) as "oldestWaitingAt"
    from ${events} where ${ofEvents} and not exists (select from ${seals} where ${sameEvent})`;
  return rows[0] as Unsealed;
}

/** Adds links to the end of the chain. The unique keys refuse a number or an event that another sealer used. */
export async function insertLinks(
  db: Db,
  journalId: string,
  links: { seq: bigint; eventId: string; eventHash: Buffer; previousHash: Buffer; hash: Buffer; sealedAt: Date }[],
): Promise<void> {
  const bytes = (buffer: Buffer) => new Uint8Array(buffer);
  const data = links.map((link) => ({
    seq: link.seq,
    eventId: link.eventId,
    eventHash: bytes(link.eventHash),
    previousHash: bytes(link.previousHash),
    hash: bytes(link.hash),
    sealedAt: link.sealedAt,
  }));
  if (journalId === platformJournal) await db.identityAuditSeal.createMany({ data });
  else await db.auditSeal.createMany({ data: data.map((link) => ({ clinicId: journalId, ...link })) });
}
