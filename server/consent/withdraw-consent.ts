import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { withdrawConsentInput } from "./schema.ts";

/** The person takes back what they said, as easily as they said it (AC-16). The consent stays on record. @throws Conflict `stale`; NotFound */
export async function withdrawConsent(
  ctx: ClinicContext,
  { id, version, mode, reason }: z.output<typeof withdrawConsentInput>,
): Promise<{ version: number }> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const before = await db.consent.findFirst({
      where: { clinicId, id },
      select: { patientId: true, lastUpdated: true, withdrawnAt: true, version: true },
    });
    if (!before) throw notFound();
    const { count } = await db.consent.updateMany({
      where: { clinicId, id, version, withdrawnAt: null },
      data: {
        withdrawnAt: new Date(),
        withdrawnMode: mode,
        withdrawnTakenBy: ctx.user.id,
        withdrawnReason: reason,
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, before);
    await recordAudit(db, ctx, {
      event: "consent.withdrawn",
      action: "U",
      entity: "Consent",
      entityIds: [id],
      patientId: before.patientId,
      ground: groundOf(ctx),
    });
    return { version: version + 1 };
  });
}
