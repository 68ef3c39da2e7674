import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { checkRecall } from "./check-recall.ts";
import { recallSelect } from "./record.ts";
import type { ChangeRecallInput } from "./schema.ts";

/** Another day, another service, another reason. @throws Conflict `stale`; NotFound */
export async function changeRecall(ctx: ClinicContext, input: ChangeRecallInput): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, version, dueOn, ...card } = input;
  return withStaff(ctx, async (db) => {
    await checkRecall(db, clinicId, card);
    const { count } = await db.recall.updateMany({
      where: { clinicId, id, version, status: "open" },
      data: { ...card, dueOn: new Date(dueOn), version: version + 1 },
    });
    if (count === 0) {
      const current = await db.recall.findFirst({ where: { clinicId, id }, select: recallSelect });
      throw await refuseStale(db, ctx, id, current && { ...current, dueOn: current.dueOn.toISOString().slice(0, 10) });
    }
    await recordAudit(db, ctx, {
      event: "recall.changed",
      action: "U",
      entity: "Recall",
      entityIds: [id],
      ground: "care",
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
