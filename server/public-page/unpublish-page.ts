import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readRow } from "./record.ts";

/**
 * Takes the page away from everybody; the draft stays, and so do visits that were booked and the links to them.
 * @throws Conflict `stale` with the draft as it is now
 */
export async function unpublishPage(
  ctx: ClinicContext,
  { version }: { version: number },
): Promise<{ version: number }> {
  requirePermission(ctx, "page:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    // Prisma would write the JSON word null.
    const count = await db.$executeRaw`
      update clinic.public_page set published = null, published_at = null, published_by = null, version = version + 1
      where clinic_id = ${clinicId}::uuid and version = ${version} and published is not null`;
    if (count === 0) throw await refuseStale(db, ctx, clinicId, await readRow(db, clinicId), "PublicPage");
    await recordAudit(db, ctx, {
      event: "page.unpublished",
      action: "U",
      entity: "PublicPage",
      entityIds: [clinicId],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
