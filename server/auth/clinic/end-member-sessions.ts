import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";

/** Ends a member's sessions in this clinic: those opened before now open it no more. Their other clinics are not this clinic's affair. */
export async function endMemberSessions(ctx: ClinicContext, membershipId: string): Promise<void> {
  requirePermission(ctx, "member:manage");
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    const { count } = await db.membership.updateMany({
      where: { clinicId, id: membershipId },
      data: { sessionsValidAfter: new Date(), lastUpdated: new Date(), version: { increment: 1 } },
    });
    if (count === 0) throw notFound();
    await recordAudit(db, ctx, {
      event: "member.sessions-ended",
      action: "E",
      entity: "Membership",
      entityIds: [membershipId],
    });
  });
}
