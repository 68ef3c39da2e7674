import type { Db } from "#server/db/database.ts";

/**
 * The names to show beside ids: members by the clinic's own list, everything else by the labels kept for the journal. A patient
 * who asked that this reader not see them stays an id: reference.enter listed them for this transaction.
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
  const labels = await db.$queryRaw<{ id: string; label: string }[]>`
    select l.subject_id as id, l.label from clinic.audit_label l
    where l.clinic_id = ${clinicId}::uuid and l.subject_id = any(${ids.subjects}::uuid[])
      and (nullif(current_setting('app.denied', true), '') is null
        or position(l.subject_id::text in current_setting('app.denied', true)) = 0)`;
  return new Map([
    ...labels.map(({ id, label }) => [id, label] as const),
    ...members.flatMap(({ id, userId, displayName }) => [[id, displayName] as const, [userId, displayName] as const]),
  ]);
}
