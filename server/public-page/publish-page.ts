import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { checklist } from "./checklist.ts";
import { readRow } from "./record.ts";
import { pageBlocks, pageContent } from "./schema.ts";

/**
 * Puts the draft before everybody, as it is now: a later saving changes nothing of it until it is published again.
 * @throws Precondition `pageBlocked`, `details.missing` says by what; Conflict `stale`
 */
export async function publishPage(ctx: ClinicContext, { version }: { version: number }): Promise<{ version: number }> {
  requirePermission(ctx, "page:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const settled = await checklist(db, clinicId);
    const missing = pageBlocks.filter((block) => !settled[block]);
    if (missing.length > 0) throw precondition("pageBlocked", { missing });
    const row = await readRow(db, clinicId);
    const data = { published: pageContent.parse(row), publishedAt: new Date(), publishedBy: ctx.user.id };
    const { count } =
      version === 0
        ? await db.publicPage.createMany({ data: { clinicId, draft: data.published, ...data }, skipDuplicates: true })
        : await db.publicPage.updateMany({ where: { clinicId, version }, data: { ...data, version: version + 1 } });
    if (count === 0) throw await refuseStale(db, ctx, clinicId, row, "PublicPage");
    await recordAudit(db, ctx, {
      event: "page.published",
      action: "U",
      entity: "PublicPage",
      entityIds: [clinicId],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
