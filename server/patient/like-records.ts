import type { Db } from "#server/db/database.ts";
import { join, type Sql, sql } from "#server/db/sql.ts";
import { alikeFamily, alikeGiven, tellingWords } from "./alike-names.ts";
import { toDay } from "./check-dates.ts";
import { nameWords } from "./fold-name.ts";
import { nearDates } from "./near-dates.ts";
import { displayName, maskedNam, namStatusOn } from "./record.ts";
import type { NamStatus } from "./schema.ts";

export interface Likeness {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthFamilyName: string;
  readonly preferredName: string;
  readonly birthDate: string | null;
  readonly namHash: Uint8Array | null;
  /** E.164, as contacts are compared. */
  readonly phones: readonly string[];
  /** The record itself, which is not its own double. */
  readonly except?: string;
}

/** What agrees, the strongest first. `nearBirthDate`: a slip of the hand apart. `family` and `given` when only one of the two does. */
export type Likeliness = "nam" | "birthDate" | "nearBirthDate" | "name" | "family" | "given" | "phone";

export interface LikeRecord {
  readonly id: string;
  readonly displayName: string;
  readonly birthDate: string | null;
  readonly fileNumber: string;
  readonly namMasked: string | null;
  readonly why: readonly Likeliness[];
  /** Most likely the same person: a registration that was not shown this record is refused. */
  readonly likely: boolean;
}

interface Row {
  readonly id: string;
  readonly fileNumber: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthFamilyName: string;
  readonly preferredName: string;
  readonly birthDate: Date | null;
  readonly namLast2: string | null;
  readonly namStatus: string;
  readonly namExpiry: Date | null;
  readonly namOverrideReason: string;
  readonly mergedInto: string | null;
  readonly nam: boolean;
  readonly phone: boolean;
  /** The record that stays, for one that was joined to it. */
  readonly kept: { familyName: string; givenName: string; birthDate: string | null; fileNumber: string } | null;
}

const mostCandidates = 500;
const mostLikely = 20;
/** Lines in all when no more are likely: a list that is read while somebody waits. */
const mostShown = 6;
/** Surnames and first names that are looked for by name, each with each. */
const mostWords = 3;
const mostOfOneName = 40;

/**
 * Records that may be the same person, the likeliest first: same NAM, near birth date and like names, same number and first name, or
 * only a like name. One statement whose every part is an index read (the search of names sees past row security and gives ids only;
 * all else compares with what is leakproof); what is like is decided here, over the few that came.
 */
export async function likeRecords(db: Db, clinicId: string, likeness: Likeness): Promise<LikeRecord[]> {
  const rows = await candidates(db, clinicId, likeness);
  const found = rows
    .map((row) => ({ row, why: agreements(likeness, row) }))
    // The one that stays may be closed to this person: the one that left then tells nothing either.
    .filter(({ row, why }) => (row.mergedInto === null || row.kept !== null) && isAlike(why, likeness, row))
    .map(({ row, why }) => ({ ...view(row), why, likely: isLikely(why) }))
    .filter(({ id }) => id !== likeness.except)
    .sort((a, b) => score(b.why) - score(a.why) || a.displayName.localeCompare(b.displayName, "fr"));
  // A record that was joined to another is like whatever it was like, and the one that stays is shown for it, once.
  const each = found.filter(({ id }, at) => found.findIndex((one) => one.id === id) === at);
  const likely = each.filter((one) => one.likely).slice(0, mostLikely);
  const others = each.filter((one) => !one.likely).slice(0, Math.max(0, mostShown - likely.length));
  return [...likely, ...others];
}

function candidates(db: Db, clinicId: string, likeness: Likeness): Promise<Row[]> {
  const { birthDate, namHash, phones, except } = likeness;
  const hash = namHash && Buffer.from(namHash);
  const clinic = sql`${clinicId}::uuid`;
  const byNumber = sql`select c.patient_id as id from clinic.patient_contact c
    where c.clinic_id = ${clinic} and c.normalised collate "C" = any (${[...phones]}::text[]) and c.ended_at is null`;
  const could: Sql[] = [
    ...(hash ? [sql`select p.id from clinic.patient p where p.clinic_id = ${clinic} and p.nam_hash = ${hash}`] : []),
    ...(birthDate
      ? [
          sql`select p.id from clinic.patient p
            where p.clinic_id = ${clinic} and p.birth_date = any (${[birthDate, ...nearDates(birthDate)]}::date[])`,
        ]
      : []),
    ...(phones.length > 0 ? [byNumber] : []),
    ...namesAsked(likeness).map(
      (words) =>
        sql`select s.id from clinic.search_patients(${clinic}, ${words}::text[], null, null, null, null, ${mostOfOneName}) s (id)`,
    ),
  ];
  if (could.length === 0) return Promise.resolve([]);
  return db.$queryRaw<Row[]>`
    with could as (${join(could, " union ")})
    select p.id, p.file_number as "fileNumber", p.family_name as "familyName", p.given_name as "givenName",
      p.birth_family_name as "birthFamilyName", p.preferred_name as "preferredName", p.birth_date as "birthDate",
      p.nam_last2 as "namLast2", p.nam_status as "namStatus", p.nam_expiry as "namExpiry",
      p.nam_override_reason as "namOverrideReason", p.merged_into as "mergedInto",
      coalesce(p.nam_hash = ${hash}::bytea, false) as nam,
      ${phones.length > 0 ? sql`p.id in (${byNumber})` : sql`false`} as phone,
      (select jsonb_build_object('familyName', k.family_name, 'givenName', k.given_name, 'birthDate', k.birth_date, 'fileNumber', k.file_number)
        from clinic.patient k where k.clinic_id = ${clinic} and k.id = p.merged_into) as kept
    from could join clinic.patient p on p.clinic_id = ${clinic} and p.id = could.id
    where p.status <> 'entered-in-error' and p.id is distinct from ${except ?? null}::uuid
    order by p.birth_date is distinct from ${birthDate}::date, p.id limit ${mostCandidates}`;
}

/** Each surname with each first name: whoever bears one of both is found, whatever the rest of their name. */
function namesAsked({ familyName, birthFamilyName, givenName, preferredName }: Likeness): string[][] {
  const families = tellingWords(familyName, birthFamilyName).slice(0, mostWords);
  const given = tellingWords(givenName, preferredName).slice(0, mostWords);
  return families.flatMap((family) => given.map((one) => [family, one]));
}

function agreements(likeness: Likeness, row: Row): Likeliness[] {
  const { birthDate } = likeness;
  const theirs = toDay(row.birthDate);
  const near = birthDate !== null && theirs !== null && nearDates(birthDate).includes(theirs);
  const family = alikeFamily(surnames(likeness), surnames(row));
  const given = alikeGiven(firstNames(likeness), firstNames(row));
  const crossed = alikeGiven(surnames(likeness), firstNames(row)) && alikeFamily(firstNames(likeness), surnames(row));
  const names: Likeliness[] =
    (family && given) || crossed
      ? ["name"]
      : [...(family ? ["family" as const] : []), ...(given ? ["given" as const] : [])];
  return [
    ...(row.nam ? ["nam" as const] : []),
    ...(birthDate !== null && theirs === birthDate ? ["birthDate" as const] : []),
    ...(near ? ["nearBirthDate" as const] : []),
    ...names,
    ...(row.phone ? ["phone" as const] : []),
  ];
}

const surnames = ({ familyName, birthFamilyName }: Pick<Row, "familyName" | "birthFamilyName">) =>
  [familyName, birthFamilyName].filter(Boolean);
const firstNames = ({ givenName, preferredName }: Pick<Row, "givenName" | "preferredName">) =>
  [givenName, preferredName].filter(Boolean);

const isLikely = (why: readonly Likeliness[]) =>
  why.includes("nam") || (why.includes("name") && (why.includes("birthDate") || why.includes("nearBirthDate")));

/** Thirty bear a common name: once a birth date is written, another date is told of the very same name only. */
function isAlike(why: readonly Likeliness[], likeness: Likeness, row: Row): boolean {
  if (isLikely(why)) return true;
  if (why.includes("phone") && (why.includes("name") || why.includes("given"))) return true;
  if (why.includes("birthDate") && (why.includes("family") || why.includes("given"))) return true;
  if (!why.includes("name")) return false;
  const unsaid = likeness.birthDate === null || row.birthDate === null;
  return unsaid || (key(likeness.familyName) === key(row.familyName) && key(likeness.givenName) === key(row.givenName));
}

const key = (name: string) => nameWords(name).join(" ");

const weights: Readonly<Record<Likeliness, number>> = {
  nam: 20,
  birthDate: 6,
  nearBirthDate: 4,
  name: 5,
  phone: 4,
  family: 2,
  given: 2,
};
const score = (why: readonly Likeliness[]) => why.reduce((sum, one) => sum + weights[one], 0);

function view(row: Row): Omit<LikeRecord, "why" | "likely"> {
  const status = { namStatus: row.namStatus as NamStatus, namExpiry: toDay(row.namExpiry) };
  const shown = row.kept ?? { ...row, birthDate: toDay(row.birthDate) };
  return {
    id: row.mergedInto ?? row.id,
    displayName: displayName(shown),
    birthDate: shown.birthDate,
    fileNumber: shown.fileNumber,
    namMasked: maskedNam({ ...row, namStatus: namStatusOn(status) }),
  };
}
