import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { refuseTask } from "./refuse-task.ts";
import type { CancelTaskInput } from "./schema.ts";

/**
 * Not to be done, and why. One that comes back comes no more.
 * @throws Conflict `stale`; NotFound; Precondition `chart.reasonNeeded` for whoever may not read it (clinic.require_task_ground)
 */
export async function cancelTask(
  ctx: ClinicContext,
  { id, version, reason }: CancelTaskInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const task = await db.task.findFirst({ where: { clinicId, id }, select: { patientId: true } });
    const { count } = await db.task.updateMany({
      where: { clinicId, id, version, closedAt: null },
      data: {
        status: "cancelled",
        closedAt: new Date(),
        closedBy: ctx.user.id,
        outcome: reason,
        escalatesAt: null,
        version: version + 1,
      },
    });
    if (!task || count === 0) throw await refuseTask(db, ctx, id);
    await recordAudit(db, ctx, {
      event: "task.cancelled",
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
