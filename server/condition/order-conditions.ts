import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { openRecord } from "#server/record-entry/open-record.ts";
import { conditionSelect } from "./record.ts";
import type { OrderConditionsInput } from "./schema.ts";

/** The problems in the order that the team gives them, all or nothing. @throws Conflict `stale`; NotFound */
export async function orderConditions(
  ctx: ClinicContext,
  { patientId, order }: OrderConditionsInput,
): Promise<{ changed: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await openRecord(db, ctx, patientId, { alone: true });
    const known = await db.condition.findMany({
      where: { clinicId, patientId, id: { in: order.map(({ id }) => id) } },
      select: conditionSelect,
    });
    const byId = new Map(known.map((one) => [one.id, one]));
    const moved: string[] = [];
    for (const [rank, { id, version }] of order.entries()) {
      const current = byId.get(id);
      if (!current) throw notFound();
      if (current.version !== version) throw await refuseStale(db, ctx, id, current);
      if (current.rank === rank) continue;
      await db.condition.updateMany({ where: { clinicId, id, version }, data: { rank, version: version + 1 } });
      moved.push(id);
    }
    if (moved.length > 0)
      await recordAudit(db, ctx, {
        event: "condition.ordered",
        action: "U",
        entity: "Condition",
        entityIds: moved,
        patientId,
        ground: groundOf(ctx),
      });
    return { changed: moved.length };
  });
}
