import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";

/**
 * Puts back the jobs whose replay an operator asked for. The relay does it, not the operator: the host's role may then enqueue
 * nothing on behalf of a clinic.
 * @returns how many jobs are owed again.
 */
export async function requeueDeadLetters(most: number): Promise<number> {
  return withRelay(async (db) => {
    const asked = await db.$queryRaw<{ id: string }[]>`
      select id from queue.dead_letter
      where replayed_at is not null and requeued_as is null
      order by replayed_at limit ${most}
      for update skip locked`;
    for (const { id } of asked) {
      await db.$executeRaw`
        with letter as (
          update queue.dead_letter set requeued_as = ${newId()}::uuid where id = ${id}::uuid
          returning requeued_as, clinic_id, job, payload
        )
        insert into queue.outbox (id, clinic_id, job, payload) select requeued_as, clinic_id, job, payload from letter`;
    }
    return asked.length;
  });
}
