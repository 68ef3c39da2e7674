/** The lowest UUIDv7 of an instant (milliseconds since 1970): ids are in the order of time, so this bounds a search. */
export function lowestId(atMs: number): string {
  const time = Math.max(0, atMs).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** No transaction that writes to a journal runs longer: web 15 s, worker 60 s, an export or import 30 minutes. */
const LONGEST_TRANSACTION_MS = 2 * 60 * 60 * 1000;

/**
 * The lowest id that an event not yet sealed can have, when the chain was last added to at `sealedAt`: the sealer looks from
 * there on instead of through years of journal. An event below it that is in no link was put there by other means.
 */
export function oldestOpenId(sealedAt: Date | undefined): string {
  return lowestId((sealedAt?.getTime() ?? 0) - LONGEST_TRANSACTION_MS);
}
