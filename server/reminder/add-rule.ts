import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { planClinic } from "./jobs.ts";
import type { AddRuleInput } from "./schema.ts";
import { checkChannel, writeServices } from "./write-rule.ts";

const mostRules = 50;

/**
 * Adds a reminder rule; the visits to come are planned anew. Sent twice with one id, it is added once.
 * @throws Invalid beside `channel`; Precondition `reminder.tooMany`; NotFound for a service of another clinic
 */
export async function addRule(ctx: ClinicContext, input: AddRuleInput): Promise<{ id: string }> {
  requirePermission(ctx, "reminder:manage");
  const clinicId = ctx.clinic.id;
  const { id, serviceIds, ...rule } = input;
  return withStaff(ctx, async (db) => {
    if (await db.reminderRule.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await checkChannel(db, clinicId, input);
    if ((await db.reminderRule.count({ where: { clinicId } })) >= mostRules) throw precondition("reminder.tooMany");
    await db.reminderRule.createMany({ data: { clinicId, id, ...rule, allServices: serviceIds.length === 0 } });
    await writeServices(db, clinicId, id, serviceIds);
    await enqueue(db, planClinic, { clinicId }, { clinicId });
    await recordAudit(db, ctx, {
      event: "reminder.rule-added",
      action: "C",
      entity: "ReminderRule",
      entityIds: [id],
      detail: { channel: rule.channel, beforeMinutes: rule.beforeMinutes },
    });
    return { id };
  });
}
