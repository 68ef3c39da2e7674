import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";

/** The clinic shows no logo any more. Done twice, it is done once. */
export async function removeLogo(ctx: ClinicContext): Promise<void> {
  requirePermission(ctx, "clinic:manage");
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    const { count } = await db.clinic.updateMany({
      where: { clinicId, logoFileId: { not: null } },
      data: { logoFileId: null, version: { increment: 1 } },
    });
    if (count === 0) return;
    await recordAudit(db, ctx, { event: "clinic.logo-removed", action: "U", entity: "Clinic", entityIds: [clinicId] });
  });
}
