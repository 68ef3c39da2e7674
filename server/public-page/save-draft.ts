import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { readRow } from "./record.ts";
import { pageContent, type SavePageInput } from "./schema.ts";

/**
 * Keeps what was prepared; what is published does not change by it, but for the sites that may frame it, which hold at once.
 * @throws Conflict `stale` with the draft as it is now; NotFound for what is not this clinic's; Invalid beside its field
 */
export async function saveDraft(ctx: ClinicContext, input: SavePageInput): Promise<{ version: number }> {
  requirePermission(ctx, "page:manage");
  const clinicId = ctx.clinic.id;
  const { version, frameOrigins, ...written } = input;
  const data = { draft: pageContent.parse(written), frameOrigins: [...new Set(frameOrigins)] };
  return withStaff(ctx, async (db) => {
    await refuseForeign(db, clinicId, input);
    const { count } =
      version === 0
        ? await db.publicPage.createMany({ data: { clinicId, ...data }, skipDuplicates: true })
        : await db.publicPage.updateMany({ where: { clinicId, version }, data: { ...data, version: version + 1 } });
    if (count === 0) throw await refuseStale(db, ctx, clinicId, await readRow(db, clinicId), "PublicPage");
    await recordAudit(db, ctx, {
      event: "page.saved",
      action: "U",
      entity: "PublicPage",
      entityIds: [clinicId],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}

/** What is left off, and the photo, are this clinic's own. */
async function refuseForeign(db: Db, clinicId: string, input: SavePageInput): Promise<void> {
  const { hiddenServices, hiddenPractitioners, hiddenLocations, coverFileId } = input;
  const mine = (ids: readonly string[]) => ({ where: { clinicId, id: { in: [...ids] } } });
  const covers = coverFileId ? [coverFileId] : [];
  const found = [
    hiddenServices.length === 0 ||
      (await db.healthcareService.count(mine(hiddenServices))) === new Set(hiddenServices).size,
    hiddenPractitioners.length === 0 ||
      (await db.practitioner.count(mine(hiddenPractitioners))) === new Set(hiddenPractitioners).size,
    hiddenLocations.length === 0 || (await db.location.count(mine(hiddenLocations))) === new Set(hiddenLocations).size,
    covers.length === 0 ||
      (await db.storedFile.count({ where: { ...mine(covers).where, purpose: "page-cover" } })) === covers.length,
  ];
  if (found.includes(false)) throw notFound();
}
