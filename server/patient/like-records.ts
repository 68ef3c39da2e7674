import type { Db } from "#server/db/database.ts";
import { toDate, toDay } from "./check-dates.ts";
import { nameWords } from "./fold-name.ts";
import { displayName, maskedNam, namStatusOn } from "./record.ts";
import type { NamStatus } from "./schema.ts";

export interface Likeness {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string | null;
  readonly namHash: Uint8Array | null;
  /** The record itself, which is not its own double. */
  readonly except?: string;
}

export interface LikeRecord {
  readonly id: string;
  readonly displayName: string;
  readonly birthDate: string | null;
  readonly fileNumber: string;
  readonly namMasked: string | null;
  readonly why: readonly ("name" | "nam")[];
}

const columns = {
  id: true,
  fileNumber: true,
  familyName: true,
  givenName: true,
  birthFamilyName: true,
  birthDate: true,
  namHash: true,
  namLast2: true,
  namStatus: true,
  namExpiry: true,
  namOverrideReason: true,
  mergedInto: true,
} as const;

/** Records that may be the same person: same name and birth date, or same NAM. At most 20; accents and case aside. */
export async function likeRecords(db: Db, clinicId: string, likeness: Likeness): Promise<LikeRecord[]> {
  const { birthDate, namHash, except } = likeness;
  const either = [
    ...(birthDate ? [{ birthDate: toDate(birthDate) }] : []),
    ...(namHash ? [{ namHash: Buffer.from(namHash) }] : []),
  ];
  if (either.length === 0) return [];
  const rows = await db.patient.findMany({
    where: { clinicId, OR: either, status: { not: "entered-in-error" }, id: { not: except } },
    select: columns,
    take: 500,
  });
  const kept = await standFor(db, clinicId, rows);
  const found = rows
    .map((row) => {
      const byName = birthDate !== null && toDay(row.birthDate) === birthDate && nameKey(row) === nameKey(likeness);
      const byNam = namHash !== null && row.namHash !== null && Buffer.compare(row.namHash, namHash) === 0;
      const namStatus = namStatusOn({ namStatus: row.namStatus as NamStatus, namExpiry: toDay(row.namExpiry) });
      return {
        id: row.mergedInto ?? row.id,
        displayName: displayName(row),
        birthDate: toDay(row.birthDate),
        fileNumber: row.fileNumber,
        namMasked: maskedNam({ ...row, namStatus }),
        why: [...(byName ? ["name" as const] : []), ...(byNam ? ["nam" as const] : [])],
      };
    })
    .filter(({ why, id }) => why.length > 0 && id !== except);
  // A record that was joined to another is like whatever it was like, and the one that stays is shown for it.
  return [
    ...new Map(found.map((one) => [one.id, kept.get(one.id) ? { ...one, ...kept.get(one.id) } : one])).values(),
  ].slice(0, 20);
}

/** The records that stay, for those that were joined to them: what is shown of each. */
async function standFor(
  db: Db,
  clinicId: string,
  rows: readonly { mergedInto: string | null }[],
): Promise<Map<string, { displayName: string; birthDate: string | null; fileNumber: string }>> {
  const ids = rows.flatMap(({ mergedInto }) => mergedInto ?? []);
  if (ids.length === 0) return new Map();
  const kept = await db.patient.findMany({ where: { clinicId, id: { in: ids } }, select: columns });
  return new Map(
    kept.map((row) => [
      row.id,
      { displayName: displayName(row), birthDate: toDay(row.birthDate), fileNumber: row.fileNumber },
    ]),
  );
}

const nameKey = ({ familyName, givenName }: { familyName: string; givenName: string }) =>
  `${nameWords(familyName).join(" ")}|${nameWords(givenName).join(" ")}`;
