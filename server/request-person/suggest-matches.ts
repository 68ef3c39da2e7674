import type { Db } from "#server/db/database.ts";
import { join, sql } from "#server/db/sql.ts";
import { alikeFamily, alikeGiven } from "#server/patient/alike-names.ts";
import { toDay } from "#server/patient/check-dates.ts";
import { displayName } from "#server/patient/record.ts";

/** What agrees between what was typed and a record. */
export type Agreement = "name" | "given" | "family" | "birthDate" | "email" | "phone" | "nam";

export interface SuggestedPatient {
  readonly id: string;
  readonly displayName: string;
  readonly birthDate: string | null;
  readonly fileNumber: string;
  /** The strongest first. */
  readonly agrees: readonly Agreement[];
}

export interface Typed {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: Date | null;
  readonly email: string;
  readonly phone: string;
  readonly relation: string;
  readonly namHash: Uint8Array | null;
}

interface Candidate {
  readonly requestId: string;
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly preferredName: string;
  readonly birthFamilyName: string;
  readonly birthDate: Date | null;
  readonly fileNumber: string;
  readonly email: boolean;
  readonly phone: boolean;
  readonly nam: boolean;
}

const weights: Readonly<Record<Agreement, number>> = {
  nam: 6,
  birthDate: 3,
  name: 4,
  given: 1,
  family: 2,
  email: 2,
  phone: 2,
};
/** A birth date and a name, or an address and a name: less than that is chance. */
const enough = 4;
const mostPerRequest = 5;

/**
 * Records that may be the person who asked, for a page of requests in one statement: same birth date, same address or number, or same NAM
 * when one was typed; then the names, accents and case aside, decide. Neither sex nor a health number is ever needed.
 * For a child or somebody in one's care, the booker's own record is not proposed: the birth date must agree.
 */
export async function suggestMatches(
  db: Db,
  clinicId: string,
  requests: readonly Typed[],
): Promise<ReadonlyMap<string, readonly SuggestedPatient[]>> {
  if (requests.length === 0) return new Map();
  const typed = requests.map(
    ({ id, birthDate, email, phone, namHash }) =>
      sql`(${id}::uuid, ${toDay(birthDate)}::date, ${email}, ${phone}, ${namHash && Buffer.from(namHash)}::bytea)`,
  );
  const candidates = await db.$queryRaw<Candidate[]>`
    with typed (id, birth_date, email, phone, nam_hash) as (values ${join(typed)}),
    could as (
      select t.id as request_id, p.id from typed t
        join clinic.patient p on p.clinic_id = ${clinicId}::uuid and p.birth_date = t.birth_date
      union
      select t.id, c.patient_id from typed t
        join clinic.patient_contact c on c.clinic_id = ${clinicId}::uuid and c.normalised in (t.email, t.phone) and c.normalised <> '' and c.ended_at is null
      union
      select t.id, p.id from typed t
        join clinic.patient p on p.clinic_id = ${clinicId}::uuid and p.nam_hash = t.nam_hash
    )
    select k.request_id as "requestId", p.id, p.family_name as "familyName", p.given_name as "givenName", p.preferred_name as "preferredName",
      p.birth_family_name as "birthFamilyName", p.birth_date as "birthDate", p.file_number as "fileNumber",
      t.email <> '' and exists (select from clinic.patient_contact c where c.clinic_id = ${clinicId}::uuid and c.patient_id = p.id and c.ended_at is null and c.normalised = t.email) as email,
      t.phone <> '' and exists (select from clinic.patient_contact c where c.clinic_id = ${clinicId}::uuid and c.patient_id = p.id and c.ended_at is null and c.normalised = t.phone) as phone,
      coalesce(p.nam_hash = t.nam_hash, false) as nam
    from could k
    join typed t on t.id = k.request_id
    join clinic.patient p on p.clinic_id = ${clinicId}::uuid and p.id = k.id
    where p.status <> 'entered-in-error'
    order by p.id limit 1000`;
  return new Map(
    requests.map((request) => [
      request.id,
      candidates
        .filter(({ requestId }) => requestId === request.id)
        .map((candidate) => ({ candidate, agrees: agreements(request, candidate) }))
        .filter(({ agrees }) => score(agrees) >= enough)
        .filter(({ agrees }) => request.relation === "self" || agrees.includes("birthDate") || agrees.includes("nam"))
        .sort((a, b) => score(b.agrees) - score(a.agrees))
        .slice(0, mostPerRequest)
        .map(({ candidate, agrees }) => ({
          id: candidate.id,
          displayName: displayName(candidate),
          birthDate: toDay(candidate.birthDate),
          fileNumber: candidate.fileNumber,
          agrees,
        })),
    ]),
  );
}

const score = (agrees: readonly Agreement[]) => agrees.reduce((sum, one) => sum + weights[one], 0);

function agreements(typed: Typed, candidate: Candidate): Agreement[] {
  const family = alikeFamily([typed.familyName], [candidate.familyName, candidate.birthFamilyName]);
  const given = alikeGiven([typed.givenName], [candidate.givenName, candidate.preferredName]);
  const names: Agreement[] = family && given ? ["name"] : family ? ["family"] : given ? ["given"] : [];
  const all: Agreement[] = [
    ...(candidate.nam ? (["nam"] as const) : []),
    ...names,
    ...(typed.birthDate && toDay(typed.birthDate) === toDay(candidate.birthDate) ? (["birthDate"] as const) : []),
    ...(candidate.email ? (["email"] as const) : []),
    ...(candidate.phone ? (["phone"] as const) : []),
  ];
  return all.sort((a, b) => weights[b] - weights[a]);
}
