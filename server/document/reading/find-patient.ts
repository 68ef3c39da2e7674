import type { ClinicKey } from "#server/crypto/clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { foldText, nameWords } from "#server/patient/fold-name.ts";
import { hashNam } from "#server/patient/seal-nam.ts";
import type { Proposal } from "./propose.ts";

export interface ProposedPatient {
  readonly id: string;
  readonly because: "nam" | "birth-date" | "name";
}

/** Somebody whose chart the document was dropped on, as a text would write them. */
interface Held extends Omit<Bearer, "id"> {
  readonly namHash: Uint8Array | null;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
}

interface Bearer {
  readonly id: string;
  readonly family_name: string;
  readonly given_name: string;
  readonly birth_family_name: string;
  readonly preferred_name: string;
}

const mostPairs = 6;
const headLength = 20_000;

/**
 * Whose document it may be: whoever has the NAM that is written in it; else one person alone who was born on a day that it names and whose names it
 * holds; else one person alone whose full name is the file's. Nobody when two answer: a wrong proposal is worse than none.
 */
export async function findProposedPatient(
  db: Db,
  clinicId: string,
  key: ClinicKey,
  { nams, birthDates }: Proposal,
  fileName: string,
  text: string,
): Promise<ProposedPatient | null> {
  const held = await db.patient.findMany({
    where: { clinicId, namHash: { in: nams.map((nam) => hashNam(key, nam)) }, status: { not: "entered-in-error" } },
    select: { id: true },
    take: 2,
  });
  // A child's report bears its mother's NAM too.
  if (held.length > 1) return null;
  if (held[0]) return { id: held[0].id, because: "nam" };
  const words = wordsOf(fileName, text);
  const born = (await Promise.all(birthDates.map((birth) => bearers(db, clinicId, [], birth)))).flat();
  const spoken = born.filter((one) => isNamed(one, words));
  if (spoken.length > 1) return null;
  if (spoken[0]) return { id: spoken[0].id, because: "birth-date" };
  const ofFile = nameWords(fileName.replace(/\.[a-z0-9]{2,5}$/i, "").replaceAll("_", " ")).filter((word) =>
    /^\p{L}{2,}$/u.test(word),
  );
  for (let at = 0; at + 1 < Math.min(ofFile.length, mostPairs + 1); at += 1) {
    const pair = ofFile.slice(at, at + 2);
    const named = (await bearers(db, clinicId, pair, null)).filter((one) => isNamed(one, new Set(ofFile)));
    if (named.length === 1 && named[0]) return { id: named[0].id, because: "name" };
  }
  return null;
}

/**
 * Whether the document surely speaks of the one on whose chart it was dropped: their NAM, or their names and their birth date. Their names alone do
 * not say so: all the words of « Ginette Tremblay » stand in « Ginette Bouchard-Tremblay ».
 */
export function speaksOf(one: Held, key: ClinicKey, { nams, birthDates }: Proposal, fileName: string, text: string) {
  const { namHash } = one;
  if (namHash && nams.some((nam) => Buffer.from(hashNam(key, nam)).equals(namHash))) return true;
  return one.birthDate !== null && birthDates.includes(one.birthDate) && isNamed(one, wordsOf(fileName, text));
}

const wordsOf = (fileName: string, text: string) =>
  new Set(nameWords(`${fileName.replaceAll(/[_.]/g, " ")} ${text.slice(0, headLength)}`));

function bearers(db: Db, clinicId: string, words: string[], birth: string | null): Promise<Bearer[]> {
  return db.$queryRaw<Bearer[]>`
    select p.id, p.family_name, p.given_name, p.birth_family_name, p.preferred_name
    from clinic.search_patients(${clinicId}::uuid, ${words}::text[], ${birth}::date, null, null, null, 50) s (id)
    join clinic.patient p on p.clinic_id = ${clinicId}::uuid and p.id = s.id`;
}

/** All the words of one family name and of one given name are there. */
function isNamed(one: Omit<Bearer, "id">, words: ReadonlySet<string>): boolean {
  const holds = (name: string) =>
    name !== "" && foldText(name) !== "" && nameWords(name).every((word) => words.has(word));
  return (
    (holds(one.family_name) || holds(one.birth_family_name)) && (holds(one.given_name) || holds(one.preferred_name))
  );
}
