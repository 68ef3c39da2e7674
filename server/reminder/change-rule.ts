import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { planClinic } from "./jobs.ts";
import { readRules } from "./record.ts";
import type { ChangeRuleInput } from "./schema.ts";
import { checkChannel, writeServices } from "./write-rule.ts";

/**
 * Changes a reminder rule, or puts it to rest; the visits to come are planned anew.
 * @throws Conflict `stale` with the rule as it is now; Invalid beside `channel`; NotFound
 */
export async function changeRule(ctx: ClinicContext, input: ChangeRuleInput): Promise<{ version: number }> {
  requirePermission(ctx, "reminder:manage");
  const clinicId = ctx.clinic.id;
  const { id, version, serviceIds, ...rule } = input;
  return withStaff(ctx, async (db) => {
    if (rule.active) await checkChannel(db, clinicId, input);
    const { count } = await db.reminderRule.updateMany({
      where: { clinicId, id, version },
      data: { ...rule, allServices: serviceIds.length === 0, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, (await readRules(db, clinicId, id))[0] ?? null);
    await writeServices(db, clinicId, id, serviceIds);
    await enqueue(db, planClinic, { clinicId }, { clinicId });
    await recordAudit(db, ctx, {
      event: "reminder.rule-changed",
      action: "U",
      entity: "ReminderRule",
      entityIds: [id],
      detail: { version: version + 1, active: rule.active },
    });
    return { version: version + 1 };
  });
}
