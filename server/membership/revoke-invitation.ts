import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, notFound } from "#server/errors.ts";

/** Takes an invitation back: its link says so from now on. @throws Conflict `stale` when it was accepted meanwhile; NotFound */
export async function revokeInvitation(ctx: ClinicContext, input: { id: string; version: number }): Promise<void> {
  requirePermission(ctx, "member:invite");
  const clinicId = ctx.clinic.id;
  const { id, version } = input;
  await withStaff(ctx, async (db) => {
    const { count } = await db.invitation.updateMany({
      where: { clinicId, id, version, acceptedAt: null, revokedAt: null },
      data: { revokedAt: new Date(), version: { increment: 1 } },
    });
    if (count === 0) {
      const known = await db.invitation.count({ where: { clinicId, id } });
      throw known === 0 ? notFound() : conflict("stale");
    }
    await recordAudit(db, ctx, { event: "invitation.revoked", action: "D", entity: "Invitation", entityIds: [id] });
  });
}
