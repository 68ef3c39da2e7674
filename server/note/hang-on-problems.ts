import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import type { Diagnosis } from "./schema.ts";

/**
 * Hangs a note that is being signed on the problems that its diagnoses were chosen from, once on each: it stays so. A problem of another
 * patient, or one that this person does not see, is passed over: the words of the diagnosis stand all the same.
 */
export async function hangOnProblems(
  db: Db,
  clinicId: string,
  noteId: string,
  diagnoses: readonly Diagnosis[],
): Promise<void> {
  const asked = new Map(diagnoses.flatMap(({ conditionId }) => (conditionId ? [[conditionId, newId()] as const] : [])));
  if (asked.size === 0) return;
  await db.$executeRaw`
    insert into clinic.note_condition (clinic_id, id, patient_id, author_id, category, audience, note_id, condition_id)
    select n.clinic_id, a.id, n.patient_id, n.author_id, n.category, n.audience, n.id, c.id
    from unnest(${[...asked.keys()]}::uuid[], ${[...asked.values()]}::uuid[]) as a (condition_id, id)
    join clinic.note n on n.clinic_id = ${clinicId}::uuid and n.id = ${noteId}::uuid
    join clinic.condition c on c.clinic_id = n.clinic_id and c.id = a.condition_id and c.patient_id = n.patient_id and c.status <> 'entered-in-error'`;
}
