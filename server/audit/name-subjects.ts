import type { Db } from "#server/db/database.ts";

/**
 * The names to show beside ids: what the record says today, else the label that was kept for the journal. Read as the reader:
 * row security hides a patient who asked that this reader not see them, and their label goes with them (reference.enter
 * listed them for this transaction).
 */
export async function nameSubjects(
  db: Db,
  clinicId: string,
  ids: { users: string[]; subjects: string[] },
): Promise<ReadonlyMap<string, string>> {
  const members = await db.membership.findMany({
    where: { clinicId, OR: [{ userId: { in: ids.users } }, { id: { in: ids.subjects } }] },
    select: { id: true, userId: true, displayName: true },
  });
  const found = await db.$queryRaw<{ id: string; label: string }[]>`
    select l.subject_id as id, l.label from clinic.audit_label l
    where l.clinic_id = ${clinicId}::uuid and l.subject_id = any(${ids.subjects}::uuid[])
      and (nullif(current_setting('app.denied', true), '') is null
        or position(l.subject_id::text in current_setting('app.denied', true)) = 0)
    union all
    select p.id, p.family_name || ', ' || p.given_name from clinic.patient p
    where p.clinic_id = ${clinicId}::uuid and p.id = any(${ids.subjects}::uuid[])
    union all
    select r.id, r.family_name || ', ' || r.given_name from clinic.practitioner r
    where r.clinic_id = ${clinicId}::uuid and r.id = any(${ids.subjects}::uuid[])
    union all
    select o.id, o.name from clinic.location o
    where o.clinic_id = ${clinicId}::uuid and o.id = any(${ids.subjects}::uuid[])`;
  // Later entries win: the record of today over the label of then.
  return new Map([
    ...found.map(({ id, label }) => [id, label] as const),
    ...members.flatMap(({ id, userId, displayName }) => [[id, displayName] as const, [userId, displayName] as const]),
  ]);
}
