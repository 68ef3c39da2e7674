import { withStaff } from "#server/db/with-staff.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { planVisits } from "./plan-visits.ts";

/** Visits planned in one transaction. */
const batch = 200;

/** The handler of `plan-clinic`: every visit to come, a batch at a time. Broken off, it begins again: planning twice changes nothing. */
export async function planClinicMessages(ctx: JobContext, { clinicId }: { clinicId: string }): Promise<void> {
  if (ctx.clinicId !== clinicId) return;
  let after = { startsAt: new Date(), id: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const visits = await withStaff(ctx, async (db) => {
      const found = await db.$queryRaw<{ id: string; startsAt: Date }[]>`
        select a.id, s.starts_at as "startsAt" from clinic.sitting s join clinic.appointment a on a.clinic_id = s.clinic_id and a.sitting_id = s.id
        where s.clinic_id = ${clinicId}::uuid and s.starts_at >= ${after.startsAt} and (s.starts_at, a.id) > (${after.startsAt}, ${after.id}::uuid)
        order by s.starts_at, a.id limit ${batch}`;
      const ids = found.map(({ id }) => id);
      await planVisits(db, clinicId, ids, false);
      return found;
    });
    const last = visits.at(-1);
    if (!last || visits.length < batch) return;
    after = last;
  }
}
