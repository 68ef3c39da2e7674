import type { Db } from "#server/db/database.ts";

/**
 * Keeps the name of a patient, place or thing for readers of the journal, beside the lines and never in them: lines hold ids
 * and stay for ever, the name can be erased on an approved order without breaking the chain. Call it where the subject is
 * created or renamed, in the same transaction.
 */
export async function labelSubject(db: Db, clinicId: string, subjectId: string, label: string): Promise<void> {
  await db.$executeRaw`
    insert into clinic.audit_label (clinic_id, subject_id, label)
    values (${clinicId}::uuid, ${subjectId}::uuid, ${[...label].slice(0, 300).join("")})
    on conflict (clinic_id, subject_id) do update set label = excluded.label, recorded_at = now()
    where audit_label.clinic_id = ${clinicId}::uuid`;
}
