import { withStaff } from "#server/db/with-staff.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { takeJob } from "#server/queue/take-job.ts";
import { planVisits } from "./plan-visits.ts";

/** The handler of `plan-appointment`. */
export function planAppointmentMessages(ctx: JobContext, { appointmentId }: { appointmentId: string }): Promise<void> {
  return withStaff(ctx, async (db) => {
    await takeJob(db, ctx.jobId);
    await planVisits(db, ctx.clinicId ?? "", [appointmentId]);
  });
}
