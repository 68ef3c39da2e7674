import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, notFound, precondition } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { tellAccessEnded } from "./jobs.ts";
import { type MemberRecord, readMember } from "./record.ts";

/**
 * Ends a member's access; what they did stays under their name. It acts on their very next call.
 * @throws Conflict `stale`; Precondition `lastOwner`, `supervisesTrainees`; Forbidden for an owner ended by somebody else; NotFound
 */
export function deactivateMember(ctx: ClinicContext, input: { id: string; version: number }): Promise<MemberRecord> {
  requirePermission(ctx, "member:manage");
  return withStaff(ctx, async (db) => {
    const member = await readMember(db, ctx.clinic.id, input.id);
    if (!member) throw notFound();
    if (member.role === "owner" && ctx.membership.role !== "owner") throw forbidden();
    if (member.version !== input.version || member.status !== "active")
      throw await refuseStale(db, ctx, input.id, member);
    return end(db, ctx, member, "member.deactivated");
  });
}

/** Leaves the clinic by oneself. @throws Precondition `lastOwner`, `supervisesTrainees` */
export function leaveClinic(ctx: ClinicContext): Promise<MemberRecord> {
  return withStaff(ctx, async (db) => {
    const member = await readMember(db, ctx.clinic.id, ctx.membership.id);
    if (!member) throw notFound();
    return end(db, ctx, member, "member.left");
  });
}

async function end(
  db: Db,
  ctx: ClinicContext,
  member: MemberRecord,
  event: "member.deactivated" | "member.left",
): Promise<MemberRecord> {
  const clinicId = ctx.clinic.id;
  const { id, version, userId } = member;
  const trainees = await db.membership.count({ where: { clinicId, supervisorId: id, status: "active" } });
  if (trainees > 0) throw precondition("supervisesTrainees", { count: trainees });
  const now = new Date();
  // The trigger keep_an_owner has the last word: it also sees two owners who leave at once.
  const { count } = await db.membership.updateMany({
    where: { clinicId, id, version, status: "active" },
    data: { status: "inactive", endedAt: now, lastUpdated: now, version: { increment: 1 } },
  });
  if (count === 0) throw conflict("stale");
  await recordAudit(db, ctx, {
    event,
    action: "U",
    entity: "Membership",
    entityIds: [id],
    detail: { role: member.role },
  });
  await enqueue(db, tellAccessEnded, { userId }, { clinicId });
  const after = await readMember(db, clinicId, id);
  if (!after) throw notFound();
  return after;
}
