import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound } from "#server/errors.ts";
import { leastRetention, type ProfessionCode } from "./professions.ts";
import { readLawRow } from "./read-law.ts";
import type { ChangeLawInput } from "./settings-schema.ts";

/**
 * The person in charge of privacy says which law the clinic works under and how long it keeps records, and on what ground
 * (AC-01, AC-47). A term that a regulation sets is the least: it can be lengthened, never shortened.
 * @throws Precondition `signIn.confirmNeeded`; Invalid beside `retentionYears`; Conflict `stale` with what stands now
 */
export async function changeLaw(ctx: ClinicContext, input: ChangeLawInput): Promise<{ version: number }> {
  requirePermission(ctx, "privacy:manage");
  requireRecentProof(ctx);
  const clinicId = ctx.clinic.id;
  const { version, ...law } = input;
  return withStaff(ctx, async (db) => {
    const before = await readLawRow(db, clinicId);
    if (!before) throw notFound();
    if (law.retentionYears < leastRetention(before.professions as ProfessionCode[]))
      throw invalid("invalid", { retentionYears: "retentionTooShort" });
    const { count } = await db.clinic.updateMany({
      where: { clinicId, version },
      data: { ...law, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, clinicId, await readLawRow(db, clinicId));
    await recordAudit(db, ctx, {
      event: "clinic.law-changed",
      action: "U",
      entity: "Clinic",
      entityIds: [clinicId],
      detail: {
        version: version + 1,
        fromRegime: before.legalRegime,
        toRegime: law.legalRegime,
        fromYears: before.retentionYears,
        toYears: law.retentionYears,
      },
    });
    return { version: version + 1 };
  });
}
