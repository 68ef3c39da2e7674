import { newId } from "#server/db/new-id.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import type { TestSchedule } from "./schedule.ts";

/** Of the database suite alone: they ask its own administrator. */

/** Runs the clinic's owed jobs of one name, as the worker does. @returns how many there were */
export async function runOwed(
  { clinic }: TestSchedule,
  job: string,
  handler: (ctx: never, payload: never) => Promise<void>,
): Promise<number> {
  const owed = await asAdmin(database.adminUrl, async (admin) => {
    const text = "select id, payload from queue.outbox where clinic_id = $1 and job = $2 order by id";
    return (await admin.query(text, [clinic.id, job])).rows as { id: string; payload: object }[];
  });
  for (const { id, payload } of owed)
    await handler({ requestId: newId(), job, jobId: id, clinicId: clinic.id } as never, payload as never);
  return owed.length;
}

/** A patient's visits, however they came. */
export const visitsOf = ({ clinic }: TestSchedule, patientId: string) =>
  asAdmin(
    database.adminUrl,
    async (admin) =>
      (
        await admin.query(
          `select a.id, a.source, s.starts_at, a.status from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
           where a.clinic_id = $1 and a.patient_id = $2`,
          [clinic.id, patientId],
        )
      ).rows as { id: string; source: string; starts_at: Date; status: string }[],
  );
