import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { releaseFreedTime } from "./release-freed-time.ts";

/** Takes back the offers of a freed time that nobody accepted: their links open nothing, and the time is free. @throws NotFound */
export async function withdrawOffers(
  ctx: ClinicContext,
  { freedTimeId }: { freedTimeId: string },
): Promise<{ withdrawn: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (!(await db.freedTime.findFirst({ where: { clinicId, id: freedTimeId }, select: { id: true } })))
      throw notFound();
    const withdrawn = await releaseFreedTime(db, clinicId, freedTimeId);
    await recordAudit(db, ctx, {
      event: "waitlist.withdrawn",
      action: "U",
      entity: "WaitlistOffer",
      entityIds: [freedTimeId],
      ground: "care",
      detail: { withdrawn },
    });
    return { withdrawn };
  });
}
