import { withStaff } from "#server/db/with-staff.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { planVisits } from "./plan-visits.ts";

/** The handler of `plan-sitting`: everybody who has a place in it (at most two hundred). */
export function planSittingMessages(ctx: JobContext, { sittingId }: { sittingId: string }): Promise<void> {
  return withStaff(ctx, async (db) => {
    const clinicId = ctx.clinicId ?? "";
    await takeJob(db, ctx.jobId);
    const places = await db.appointment.findMany({ where: { clinicId, sittingId }, select: { id: true } });
    const ids = places.map(({ id }) => id);
    await planVisits(db, clinicId, ids);
  });
}
