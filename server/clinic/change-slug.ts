import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, DomainError, invalid } from "#server/errors.ts";
import { consumeLimit } from "#server/limit/consume-limit.ts";
import { checkOwnSlug } from "./check-slug.ts";
import type { ChangeSlugInput } from "./settings-schema.ts";
import { skeletonOf } from "./slug-form.ts";

/**
 * Gives the clinic another public address, or back one that it had. The one before stays the clinic's for ever: it leads its
 * members to the new one (read-session.ts) and no other clinic can take it.
 * @throws Precondition `signIn.confirmNeeded`; Invalid beside `slug`; Conflict `stale`; LimitReached
 */
export async function changeSlug(ctx: ClinicContext, { slug, version }: ChangeSlugInput): Promise<{ slug: string }> {
  requirePermission(ctx, "clinic:manage");
  requireRecentProof(ctx);
  const clinicId = ctx.clinic.id;
  const { refusal } = await checkOwnSlug(ctx, { slug, name: "", professions: [] });
  if (refusal) throw invalid("invalid", { slug: refusal });
  await consumeLimit("slug-change", clinicId);
  try {
    await withStaff(ctx, async (db) => {
      const { count } = await db.clinicRegistration.updateMany({
        where: { clinicId, version, slug: { not: slug } },
        data: { slug, version: version + 1, lastUpdated: new Date() },
      });
      if (count === 0) throw conflict("stale");
      await takeSlug(db, clinicId, slug);
      await recordAudit(db, ctx, {
        event: "clinic.slug-changed",
        action: "U",
        entity: "Clinic",
        entityIds: [clinicId],
        detail: { version: version + 1 },
      });
    });
  } catch (error) {
    // Another clinic took it between the check and the insert.
    const lost = error instanceof DomainError && error.key === "alreadyExists";
    throw lost ? invalid("invalid", { slug: "slugTaken" }) : error;
  }
  return { slug };
}

/** One address is current; the others stay on record. */
async function takeSlug(db: Db, clinicId: string, slug: string): Promise<void> {
  await db.slug.updateMany({ where: { clinicId, current: true }, data: { current: false } });
  const { count } = await db.slug.updateMany({ where: { clinicId, slug }, data: { current: true } });
  if (count === 0) await db.slug.createMany({ data: { slug, skeleton: skeletonOf(slug), clinicId } });
}
