import type { Db } from "#server/db/database.ts";
import { nameWords } from "#server/patient/fold-name.ts";

const headLength = 6_000;

/** The one professional of the clinic who is named in a document: to them it was sent, or they asked for it. Nobody when two are. */
export async function findReviewer(db: Db, clinicId: string, text: string): Promise<string | null> {
  const words = new Set(nameWords(text.slice(0, headLength)));
  const rows = await db.$queryRaw<{ userId: string; familyName: string; givenName: string }[]>`
    select m.user_id as "userId", p.family_name as "familyName", p.given_name as "givenName"
    from clinic.practitioner p
    join identity.membership m on m.clinic_id = p.clinic_id and m.id = p.membership_id and m.status = 'active'
    where p.clinic_id = ${clinicId}::uuid and p.status = 'active'
    limit 200`;
  const named = rows.filter(({ familyName, givenName }) =>
    nameWords(`${familyName} ${givenName}`).every((word) => words.has(word)),
  );
  return named.length === 1 ? (named[0]?.userId ?? null) : null;
}
