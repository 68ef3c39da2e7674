import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { recallSelect } from "./record.ts";
import type { CloseRecallInput } from "./schema.ts";

/** Nobody is to be reached any more, and why. @throws Conflict `stale`; NotFound */
export async function closeRecall(
  ctx: ClinicContext,
  { id, version, reason }: CloseRecallInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.recall.updateMany({
      where: { clinicId, id, version, status: "open" },
      data: { status: "closed", closedReason: reason, version: version + 1 },
    });
    if (count === 0) {
      const current = await db.recall.findFirst({ where: { clinicId, id }, select: recallSelect });
      throw await refuseStale(db, ctx, id, current);
    }
    await recordAudit(db, ctx, {
      event: "recall.closed",
      action: "U",
      entity: "Recall",
      entityIds: [id],
      ground: "care",
      detail: { version: version + 1, reason },
    });
    return { version: version + 1 };
  });
}
