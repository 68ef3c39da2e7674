import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { ChangeEncounterInput } from "./schema.ts";

/** Why they met, and how. @throws Conflict `stale`; NotFound */
export async function changeEncounter(
  ctx: ClinicContext,
  { id, version, reason, class: kind }: ChangeEncounterInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await db.encounter.findFirst({
      where: { clinicId, id },
      select: { patientId: true, reason: true, class: true, version: true, lastUpdated: true },
    });
    const { count } = await db.encounter.updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { reason, class: kind, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    await recordAudit(db, ctx, {
      event: "encounter.changed",
      action: "U",
      entity: "Encounter",
      entityIds: [id],
      ...(current && { patientId: current.patientId }),
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
