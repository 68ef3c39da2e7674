import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { refuseChange } from "./refuse-change.ts";
import type { PutAsideInput } from "./schema.ts";

/** A document that belongs in no chart (a second copy, an advertisement, a blank page) waits no more. It is kept, with who and why. @throws Conflict `stale`; NotFound */
export async function putAside(
  ctx: ClinicContext,
  { id, version, reason, note }: PutAsideInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.document.updateMany({
      where: { clinicId, id, version, status: "received" },
      data: {
        status: "entered-in-error",
        errorReason: reason,
        errorNote: note,
        handledBy: ctx.user.id,
        handledAt: new Date(),
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseChange(db, ctx, id);
    await recordAudit(db, ctx, {
      event: "document.put-aside",
      action: "U",
      entity: "Document",
      entityIds: [id],
      ground: groundOf(ctx),
      detail: { version: version + 1, reason },
    });
    return { version: version + 1 };
  });
}
