import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { forbidden, notFound } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { checkPlacement } from "./check-placement.ts";
import { tellAccessRestored } from "./jobs.ts";
import { type MemberRecord, readMember } from "./record.ts";

/**
 * Gives a former member their place back, as it was. Sessions opened before they left stay closed to this clinic.
 * @throws Conflict `stale`; Invalid beside `supervisorId` when the supervisor left too; Forbidden for an owner; NotFound
 */
export function reactivateMember(ctx: ClinicContext, input: { id: string; version: number }): Promise<MemberRecord> {
  requirePermission(ctx, "member:manage");
  requireRecentProof(ctx);
  const clinicId = ctx.clinic.id;
  const { id, version } = input;
  return withStaff(ctx, async (db) => {
    const member = await readMember(db, clinicId, id);
    if (!member) throw notFound();
    if (member.role === "owner" && ctx.membership.role !== "owner") throw forbidden();
    if (member.version !== version || member.status !== "inactive")
      throw await refuseStale(db, ctx, id, await readMember(db, clinicId, id));
    await checkPlacement(db, ctx, member, id);
    const now = new Date();
    const { count } = await db.membership.updateMany({
      where: { clinicId, id, version, status: "inactive" },
      data: { status: "active", endedAt: null, sessionsValidAfter: now, lastUpdated: now, version: { increment: 1 } },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, await readMember(db, clinicId, id));
    await recordAudit(db, ctx, {
      event: "member.reactivated",
      action: "U",
      entity: "Membership",
      entityIds: [id],
      detail: { role: member.role },
    });
    await enqueue(db, tellAccessRestored, { userId: member.userId }, { clinicId });
    const after = await readMember(db, clinicId, id);
    if (!after) throw notFound();
    return after;
  });
}
