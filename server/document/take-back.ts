import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { refuseChange } from "./refuse-change.ts";

/** Put aside by mistake: it waits in the inbox again. @throws Conflict `stale`; NotFound */
export async function takeBack(
  ctx: ClinicContext,
  { id, version }: { id: string; version: number },
): Promise<{ version: number }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.document.updateMany({
      where: { clinicId, id, version, status: "entered-in-error", patientId: null },
      data: {
        status: "received",
        errorReason: null,
        errorNote: "",
        handledBy: null,
        handledAt: null,
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseChange(db, ctx, id);
    await recordAudit(db, ctx, {
      event: "document.taken-back",
      action: "U",
      entity: "Document",
      entityIds: [id],
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
