import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { entrySelect } from "./record.ts";

/** Takes somebody off the list; what was offered to them is withdrawn. @throws Conflict `stale`; NotFound */
export async function removeEntry(
  ctx: ClinicContext,
  { id, version }: { id: string; version: number },
): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.waitlistEntry.updateMany({
      where: { clinicId, id, version, status: "waiting" },
      data: { status: "removed", version: version + 1 },
    });
    if (count === 0) {
      const current = await db.waitlistEntry.findFirst({ where: { clinicId, id }, select: entrySelect });
      throw await refuseStale(db, ctx, id, current);
    }
    await db.waitlistOffer.updateMany({
      where: { clinicId, entryId: id, status: "open" },
      data: { status: "withdrawn", answeredAt: new Date() },
    });
    await recordAudit(db, ctx, {
      event: "waitlist.removed",
      action: "U",
      entity: "WaitlistEntry",
      entityIds: [id],
      ground: "care",
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
