import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import { conditionSelect } from "./record.ts";
import type { ChangeConditionInput } from "./schema.ts";

/** Other words, other dates, ended or begun again. @throws Conflict `stale`, with the other version; Invalid; NotFound */
export async function changeCondition(ctx: ClinicContext, input: ChangeConditionInput): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, version, ...card } = input;
  return withStaff(ctx, async (db) => {
    const current = await db.condition.findFirst({
      where: { clinicId, id },
      select: { ...conditionSelect, patientId: true },
    });
    if (!current) throw notFound();
    const { patientId, ...shown } = current;
    checkDates(await openRecord(db, ctx, patientId), { onset: card.onset, abatement: card.abatement });
    const { count } = await db.condition.updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { ...card, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, shown);
    await recordAudit(db, ctx, {
      event: "condition.changed",
      action: "U",
      entity: "Condition",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, status: card.status },
    });
    return { version: version + 1 };
  });
}
