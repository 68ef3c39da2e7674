import { recordAudit } from "#server/audit/record-audit.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { JobContext } from "#server/queue/run-job.ts";
import { takeJob } from "#server/queue/take-job.ts";

/** The handler of `withdraw-contact`: nothing more goes to this address on this channel until the person asks for it again. */
export function withdrawContactConsent(ctx: JobContext, { standingId: id }: { standingId: string }): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(ctx, async (db) => {
    await takeJob(db, ctx.jobId);
    const changed = await db.$executeRaw`
      update clinic.contact_standing set care = 'withdrawn', promotional = case promotional when 'granted' then 'withdrawn' else promotional end,
        source = case channel when 'sms' then 'stop' else 'link' end, decided_at = now(),
        promotional_source = case when promotional <> 'granted' then promotional_source when channel = 'sms' then 'stop' else 'link' end,
        promotional_at = case when promotional = 'granted' then now() else promotional_at end,
        promotional_by = case when promotional = 'granted' then null else promotional_by end, version = version + 1
      where clinic_id = ${clinicId}::uuid and id = ${id}::uuid and (care <> 'withdrawn' or promotional = 'granted')`;
    if (changed === 0) return;
    await recordAudit(db, ctx, {
      event: "contact.withdrawn",
      action: "U",
      entity: "ContactStanding",
      entityIds: [id],
      ground: "patient-request",
    });
  });
}
