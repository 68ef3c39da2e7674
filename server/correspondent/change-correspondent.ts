import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { composeCorrespondent, correspondentSelect } from "./record.ts";
import type { ChangeCorrespondentInput } from "./schema.ts";

/** A new fax, another clinic, or no longer written to. @throws Conflict `stale`; Invalid; NotFound */
export async function changeCorrespondent(
  ctx: ClinicContext,
  { id, version, status, ...fields }: ChangeCorrespondentInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  const columns = composeCorrespondent(fields);
  return withStaff(ctx, async (db) => {
    const { count } = await db.correspondent.updateMany({
      where: { clinicId, id, version },
      data: { ...columns, status, version: version + 1 },
    });
    if (count === 0) {
      const current = await db.correspondent.findFirst({ where: { clinicId, id }, select: correspondentSelect });
      throw await refuseStale(db, ctx, id, current);
    }
    await recordAudit(db, ctx, {
      event: "correspondent.changed",
      action: "U",
      entity: "Correspondent",
      entityIds: [id],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
