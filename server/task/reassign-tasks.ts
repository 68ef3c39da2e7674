import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { checkRecipient } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import { giveTo } from "./give-to.ts";
import type { ReassignTasksInput } from "./schema.ts";

/**
 * Gives open tasks to somebody else, as those of a colleague who left. What somebody changed meanwhile is left as it is, and said.
 * @throws NotFound for one that is not there; Invalid when one is of care and they give none
 */
export async function reassignTasks(
  ctx: ClinicContext,
  { items, owner: recipient }: ReassignTasksInput,
): Promise<{ done: { id: string; version: number }[]; left: string[] }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const done: { id: string; version: number }[] = [];
  const left: string[] = [];
  return withStaff(ctx, async (db) => {
    for (const { id, version } of [...items].sort((one, other) => one.id.localeCompare(other.id))) {
      const task = await db.task.findFirst({ where: { clinicId, id } });
      if (!task) throw notFound();
      const { clinical, escalateAfterDays, patientId } = task;
      const owner = await checkRecipient(db, ctx, recipient, { clinical, field: "owner" });
      if (task.version !== version || task.closedAt) {
        left.push(id);
        continue;
      }
      // Who is told was chosen beside the first owner: the clinic's way holds for the next.
      const given = await giveTo(db, ctx, task, { owner, clinical, escalateAfterDays, escalatesTo: null });
      const { count } = await db.task.updateMany({
        where: { clinicId, id, version, closedAt: null },
        data: { ...given, version: version + 1 },
      });
      if (count === 0) {
        left.push(id);
        continue;
      }
      done.push({ id, version: version + 1 });
      await recordAudit(db, ctx, {
        event: "task.reassigned",
        action: "U",
        entity: "Task",
        entityIds: [id],
        ...(patientId && { patientId }),
        ground: groundOf(ctx),
        detail: { version: version + 1, owner },
      });
    }
    return { done, left };
  });
}
