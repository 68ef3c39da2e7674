import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { releaseFreedTime } from "./release-freed-time.ts";

/** Puts a freed time aside: it stays free in the agenda and is offered to nobody. @throws NotFound */
export async function dismissFreed(
  ctx: ClinicContext,
  { freedTimeId }: { freedTimeId: string },
): Promise<{ freedTimeId: string }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await releaseFreedTime(db, clinicId, freedTimeId);
    const { count } = await db.freedTime.updateMany({
      where: { clinicId, id: freedTimeId },
      data: { status: "dismissed" },
    });
    if (count === 0) throw notFound();
    await recordAudit(db, ctx, {
      event: "waitlist.dismissed",
      action: "U",
      entity: "FreedTime",
      entityIds: [freedTimeId],
      ground: "care",
    });
    return { freedTimeId };
  });
}
