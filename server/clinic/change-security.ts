import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { readSecurity } from "./read-clinic.ts";
import type { ChangeSecurityInput } from "./settings-schema.ts";

/**
 * Changes how people sign in here; it acts on everybody's next call. The one who asks for a second factor has one already,
 * so that nobody shuts the door on themselves.
 * @throws Precondition `signIn.confirmNeeded`, `ownSecondFactorFirst`; Conflict `stale` with the policy as it is now
 */
export async function changeSecurity(ctx: ClinicContext, input: ChangeSecurityInput): Promise<{ version: number }> {
  requirePermission(ctx, "clinic:security");
  requireRecentProof(ctx);
  const { version, ...policy } = input;
  if (policy.requireSecondFactor && !ctx.session.secondFactorAt) throw precondition("ownSecondFactorFirst");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.clinicPolicy.updateMany({
      where: { clinicId, version },
      data: { ...policy, version: version + 1, lastUpdated: new Date() },
    });
    if (count === 0) throw await refuseStale(db, ctx, clinicId, await readSecurity(db, clinicId), "ClinicPolicy");
    await recordAudit(db, ctx, {
      event: "clinic.security-changed",
      action: "U",
      entity: "ClinicPolicy",
      entityIds: [clinicId],
      detail: { version: version + 1, ...policy },
    });
    return { version: version + 1 };
  });
}
