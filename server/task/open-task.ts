import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";

/**
 * Somebody whose it is, or who was told of it, looks at it: from then on it is opened, by them, and is told to nobody else. Whoever only
 * passes by opens nothing. Asked twice, the first stands. @throws NotFound
 */
export async function openTask(ctx: ClinicContext, { id }: { id: string }): Promise<{ version: number }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const keys = recipientKeys(ctx);
  return withStaff(ctx, async (db) => {
    const task = await db.task.findFirst({ where: { clinicId, id } });
    if (!task) throw notFound();
    const { version, patientId } = task;
    const told = task.escalatedAt !== null && keys.includes(task.escalatesTo ?? "");
    if (task.status !== "requested" || !(keys.includes(task.owner) || told)) return { version };
    const { count } = await db.task.updateMany({
      where: { clinicId, id, version, status: "requested" },
      data: {
        status: "accepted",
        openedAt: new Date(),
        openedBy: ctx.user.id,
        escalatesAt: null,
        version: version + 1,
      },
    });
    // A colleague of the same role opened it in the same moment.
    if (count === 0) return { version };
    await recordAudit(db, ctx, {
      event: "task.opened",
      action: "U",
      entity: "Task",
      entityIds: [id],
      ...(patientId && { patientId }),
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
