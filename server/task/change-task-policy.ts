import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { checkRecipient } from "#server/membership/check-recipient.ts";
import type { ChangeTaskPolicyInput } from "./schema.ts";

/** For the tasks that are given from now on: those that wait keep the day that they were given with. @throws Conflict `stale`; NotFound; Invalid */
export async function changeTaskPolicy(
  ctx: ClinicContext,
  { escalateAfterDays, escalatesTo: recipient, version }: ChangeTaskPolicyInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "clinic:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const escalatesTo =
      recipient && (await checkRecipient(db, ctx, recipient, { clinical: false, field: "escalatesTo" }));
    const data = { escalateAfterDays, escalatesTo };
    const { count } =
      version === 0
        ? await db.taskPolicy.createMany({ data: { clinicId, ...data }, skipDuplicates: true })
        : await db.taskPolicy.updateMany({ where: { clinicId, version }, data: { ...data, version: version + 1 } });
    if (count === 0) {
      const current = await db.taskPolicy.findFirst({
        where: { clinicId },
        select: { escalateAfterDays: true, escalatesTo: true, version: true, lastUpdated: true },
      });
      throw await refuseStale(db, ctx, clinicId, current, "TaskPolicy");
    }
    await recordAudit(db, ctx, {
      event: "task.policy-changed",
      action: "U",
      entity: "TaskPolicy",
      entityIds: [clinicId],
      detail: { version: version + 1, escalateAfterDays, escalatesTo },
    });
    return { version: version + 1 };
  });
}
