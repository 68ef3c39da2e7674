import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import { refuseTask } from "./refuse-task.ts";
import type { ReopenTaskInput } from "./schema.ts";

/**
 * Closed too soon: it is to be done again.
 * @throws Conflict `stale`; NotFound; Precondition when its next one is there already, and `chart.reasonNeeded` for whoever may not read it
 */
export async function reopenTask(ctx: ClinicContext, { id, version }: ReopenTaskInput): Promise<{ version: number }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const where = { clinicId, id, version, closedAt: { not: null } };
    const task = await db.task.findFirst({ where });
    if (!task) throw await refuseTask(db, ctx, id);
    if (task.nextId) throw precondition("task.nextIsThere");
    // Before it is in their hands again: closed long ago, it is no ground any more.
    const told = task.escalatedAt !== null ? task.escalatesTo : null;
    const isMine = [task.owner, told].some((key) => key !== null && recipientKeys(ctx).includes(key));
    if (task.patientId && task.authorId !== ctx.user.id && isMine)
      await db.$queryRaw`select clinic.grounded(${task.patientId}::uuid)`;
    const { count } = await db.task.updateMany({
      where,
      data: {
        status: "accepted",
        closedAt: null,
        closedBy: null,
        outcome: "",
        openedAt: task.openedAt ?? new Date(),
        openedBy: task.openedBy ?? ctx.user.id,
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseTask(db, ctx, id);
    await recordAudit(db, ctx, {
      event: "task.reopened",
      action: "U",
      entity: "Task",
      entityIds: [id],
      ...(task.patientId && { patientId: task.patientId }),
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
