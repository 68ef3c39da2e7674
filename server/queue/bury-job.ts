import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";

/**
 * Moves a job that failed for good from the outbox to the dead letters, in one statement: it is owed or dead, never both, never
 * neither. Does nothing when the job is done or dead already.
 * @param failure a code, never a message: the host reads it.
 * @returns whether it was still owed.
 */
export async function buryJob(jobId: string, failure: { code: string; attempts: number }): Promise<boolean> {
  const buried = await withRelay(
    (db) => db.$executeRaw`
      with gone as (delete from queue.outbox where id = ${jobId}::uuid returning id, clinic_id, job, payload)
      insert into queue.dead_letter (id, clinic_id, job, job_id, payload, error_code, attempts)
      select ${newId()}::uuid, clinic_id, job, id, payload, ${failure.code}, ${failure.attempts} from gone`,
  );
  return buried > 0;
}
