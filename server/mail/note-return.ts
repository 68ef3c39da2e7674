import { withRelay } from "#server/db/with-relay.ts";
import { deliveries } from "#server/observability/metrics.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { noteBounce } from "./jobs.ts";
import type { Bounce } from "./read-bounce.ts";

/**
 * Writes down that a send came back, once however often it is reported. The ledger's row is ours to change; a clinic's own is changed in that
 * clinic by the job that is asked for here, in the same transaction.
 * @returns whether it was news
 */
export function noteReturn(id: string, { status }: Bounce): Promise<boolean> {
  const code = `DSN_${status}`;
  return withRelay(async (db) => {
    const [path] = await db.$queryRaw<{ clinicId: string | null }[]>`
      update queue.return_path set bounced_at = now(), code = ${code} where id = ${id}::uuid and bounced_at is null returning clinic_id as "clinicId"`;
    if (!path) return false;
    // It may come back before the answer to it was written down: whoever writes that finds it over.
    await db.$executeRaw`
      update queue.delivery set state = 'bounced', settled_at = now(), error_code = ${code} where id = ${id}::uuid and state in ('sending', 'sent', 'unknown')`;
    if (path.clinicId) await enqueue(db, noteBounce, { returnId: id }, { clinicId: path.clinicId });
    deliveries.inc({ channel: "email", state: "bounced" });
    return true;
  });
}
