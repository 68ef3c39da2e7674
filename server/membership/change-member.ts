import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { forbidden, notFound } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { checkPlacement, placeOf } from "./check-placement.ts";
import { tellAccessChanged, tellRoleChanged } from "./jobs.ts";
import { type MemberRecord, readMember } from "./record.ts";
import type { ChangeMemberInput } from "./schema.ts";

/**
 * Changes what a member is here: role, locations, supervisor, and whether they answer for personal information. It acts on
 * their very next call, is journaled and mailed to them.
 * @throws Conflict `stale` with the member as it is now; Precondition `lastOwner`, `signIn.confirmNeeded`; Forbidden when an owner is
 *   made or unmade by somebody else than an owner; Invalid beside its field; NotFound
 */
export async function changeMember(ctx: ClinicContext, input: ChangeMemberInput): Promise<MemberRecord> {
  requirePermission(ctx, "member:manage");
  requireRecentProof(ctx);
  const clinicId = ctx.clinic.id;
  const { id, version, privacyOfficer } = input;
  const place = placeOf(input);
  return withStaff(ctx, async (db) => {
    const before = await readMember(db, clinicId, id);
    if (!before) throw notFound();
    if (before.role === "owner" && ctx.membership.role !== "owner") throw forbidden();
    if (before.version !== version || before.status !== "active")
      throw await refuseStale(db, ctx, id, await readMember(db, clinicId, id));
    await checkPlacement(db, ctx, place, id);
    const count = await db.$executeRaw`
      update identity.membership set role = ${place.role}, location_ids = ${place.locationIds}::uuid[],
        supervisor_id = ${place.supervisorId}::uuid, privacy_officer = ${privacyOfficer}, last_updated = now(), version = version + 1
      where clinic_id = ${clinicId}::uuid and id = ${id}::uuid and version = ${version}`;
    if (count === 0) throw await refuseStale(db, ctx, id, await readMember(db, clinicId, id));
    const roleChanged = before.role !== place.role || before.privacyOfficer !== privacyOfficer;
    await recordAudit(db, ctx, {
      event: roleChanged ? "member.role-changed" : "member.changed",
      action: "U",
      entity: "Membership",
      entityIds: [id],
      detail: {
        version: version + 1,
        from: before.role,
        to: place.role,
        privacyOfficer,
        locations: place.locationIds ?? "all",
      },
    });
    const job = roleChanged ? tellRoleChanged : isMoved(before, place) && tellAccessChanged;
    if (job) await enqueue(db, job, { userId: before.userId }, { clinicId });
    const after = await readMember(db, clinicId, id);
    if (!after) throw notFound();
    return after;
  });
}

/** Whether where they work, or under whose name, is not what it was. */
function isMoved(before: MemberRecord, place: ReturnType<typeof placeOf>): boolean {
  const places = (ids: readonly string[] | null) => ids && [...ids].sort().join();
  return before.supervisorId !== place.supervisorId || places(before.locationIds) !== places(place.locationIds);
}
