import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { openRecord } from "#server/record-entry/open-record.ts";
import type { StateNoAllergyInput } from "./schema.ts";

/**
 * « Aucune allergie connue » as a fact with its author and its day: an empty list only says that nobody asked. Stated already, it stays
 * as it was.
 * @throws Precondition `allergy.some` when an allergy is on the list; NotFound
 */
export async function stateNoAllergy(
  ctx: ClinicContext,
  { id, patientId }: StateNoAllergyInput,
): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    await openRecord(db, ctx, patientId, { alone: true });
    const active = await db.allergyIntolerance.findMany({
      where: { clinicId, patientId, status: "active", certainty: { not: "refuted" } },
      select: { id: true, kind: true },
    });
    const stated = active.find(({ kind }) => kind === "none-known");
    if (stated) return { id: stated.id };
    if (active.length > 0) throw precondition("allergy.some");
    await db.allergyIntolerance.createMany({
      data: { clinicId, id, patientId, authorId: ctx.user.id, kind: "none-known" },
    });
    await recordAudit(db, ctx, {
      event: "allergy.none-stated",
      action: "C",
      entity: "AllergyIntolerance",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
