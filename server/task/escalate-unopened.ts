import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import { withMover } from "#server/db/with-mover.ts";
import { takeJob } from "#server/queue/take-job.ts";

/**
 * The handler of `escalate-task`. Opened, closed, given to somebody else or put off since, nothing is told. As mover, since a task may be of
 * care and its author may have left: nobody's eyes are needed, for nothing of it is read.
 */
export async function escalateUnopened(
  ctx: SystemContext & { readonly jobId: string },
  { taskId }: { taskId: string },
): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  await withMover(clinicId, async (db) => {
    await takeJob(db, ctx.jobId);
    // The clock of the database asked for this moment, and judges it.
    const [told] = await db.$queryRaw<{ patientId: string | null; version: number }[]>`
      update clinic.task t set escalated_at = now(), version = t.version + 1
      where t.clinic_id = ${clinicId}::uuid and t.id = ${taskId}::uuid and t.opened_at is null and t.closed_at is null and t.escalated_at is null
        and t.escalates_at <= now()
      returning t.patient_id as "patientId", t.version`;
    if (!told) return;
    await recordAudit(db, ctx, {
      event: "task.escalated",
      action: "U",
      entity: "Task",
      entityIds: [taskId],
      ...(told.patientId && { patientId: told.patientId }),
      detail: { version: told.version },
    });
  });
}
