import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict } from "#server/errors.ts";
import { requireRecentProof } from "../proof/require-recent-proof.ts";
import type { Policy } from "./read-policy.ts";

/** Changes how the clinic's people sign in. It acts on each of their next calls. @throws Conflict `stale`. */
export async function updatePolicy(ctx: ClinicContext, input: Policy): Promise<void> {
  requirePermission(ctx, "clinic:security");
  requireRecentProof(ctx);
  const clinicId = ctx.clinic.id;
  const { requireSecondFactor, idleMinutes, version } = input;
  await withStaff(ctx, async (db) => {
    const { count } = await db.clinicPolicy.updateMany({
      where: { clinicId, version },
      data: { requireSecondFactor, idleMinutes, lastUpdated: new Date(), version: { increment: 1 } },
    });
    if (count === 0) throw conflict("stale");
    await recordAudit(db, ctx, {
      event: "clinic.security-changed",
      action: "U",
      entity: "ClinicPolicy",
      entityIds: [clinicId],
      detail: { requireSecondFactor, idleMinutes },
    });
  });
}
