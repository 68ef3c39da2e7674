import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { contactHash } from "#server/reminder/contact-hash.ts";

/** Of these addresses, those that asked for no more mail, and those where none arrives (AC-62). They are known by their keyed hash only. */
export async function closedAddresses(db: Db, key: ClinicKey, emails: readonly string[]): Promise<ReadonlySet<string>> {
  const byHash = new Map(
    emails.filter(Boolean).map((email) => [Buffer.from(contactHash(key, "email", email)).toString("hex"), email]),
  );
  if (byHash.size === 0) return new Set();
  const closed = await db.contactStanding.findMany({
    where: {
      clinicId: key.id,
      channel: "email",
      contactHash: { in: [...byHash.keys()].map((hash) => new Uint8Array(Buffer.from(hash, "hex"))) },
      OR: [{ care: "withdrawn" }, { bouncedAt: { not: null } }],
    },
    select: { contactHash: true },
  });
  return new Set(closed.flatMap((row) => byHash.get(Buffer.from(row.contactHash).toString("hex")) ?? []));
}
