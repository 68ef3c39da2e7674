import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { contactHash, numberHash, tokenHash, wayOutToken } from "./contact-hash.ts";
import type { MessageChannel } from "./schema.ts";

export interface Keys {
  readonly clinic: ClinicKey;
  readonly platform: ClinicKey;
}

const standingSelect = { id: true, care: true, promotional: true, bouncedAt: true, version: true } as const;

/** What is known of an address in this clinic; null when nothing was ever sent there. */
export async function findStanding(db: Db, keys: Keys, channel: MessageChannel, contact: string) {
  const row = await db.contactStanding.findFirst({
    where: { clinicId: keys.clinic.id, channel, contactHash: contactHash(keys.clinic, channel, contact) },
    select: standingSelect,
  });
  return row as (Omit<NonNullable<typeof row>, "care" | "promotional"> & StandingWords) | null;
}

interface StandingWords {
  care: "unasked" | "granted" | "withdrawn";
  promotional: "unasked" | "granted" | "withdrawn";
}

/** The row of an address, made if need be. @returns its id */
export async function ensureStanding(db: Db, keys: Keys, channel: MessageChannel, contact: string): Promise<string> {
  const known = await findStanding(db, keys, channel, contact);
  return known?.id ?? makeStanding(db, keys, channel, contact);
}

/**
 * Gives an address that is written to for the first time its row and its own way out: a link, and for a number what a STOP finds.
 * @returns the row's id
 */
export async function makeStanding(db: Db, keys: Keys, channel: MessageChannel, contact: string): Promise<string> {
  const clinicId = keys.clinic.id;
  const id = newId();
  const number = channel === "sms" ? numberHash(keys.platform, contact) : null;
  const made = await db.$executeRaw`
    with made as (
      insert into clinic.contact_standing (clinic_id, id, channel, contact_hash)
      values (${clinicId}::uuid, ${id}::uuid, ${channel}, ${contactHash(keys.clinic, channel, contact)}) on conflict do nothing returning id
    )
    insert into queue.contact_link (id, clinic_id, token_hash, number_hash)
    select id, ${clinicId}::uuid, ${tokenHash(wayOutToken(keys.clinic, channel, contact))}, ${number}::bytea from made`;
  if (made > 0) return id;
  // Another message to the same address was first.
  return ensureStanding(db, keys, channel, contact);
}
