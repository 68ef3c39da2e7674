import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import type { AddConditionInput } from "./schema.ts";

/** A problem, from a list or in one's own words. Sent twice with one id, once. @throws Invalid for a date to come or before the birth; NotFound */
export async function addCondition(ctx: ClinicContext, input: AddConditionInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, ...card } = input;
  return withStaff(ctx, async (db) => {
    if (await db.condition.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    checkDates(await openRecord(db, ctx, patientId), { onset: card.onset, abatement: card.abatement });
    await db.condition.createMany({ data: { clinicId, id, patientId, authorId: ctx.user.id, ...card } });
    await recordAudit(db, ctx, {
      event: "condition.added",
      action: "C",
      entity: "Condition",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
