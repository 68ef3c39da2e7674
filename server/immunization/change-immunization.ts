import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import { immunizationSelect } from "./record.ts";
import type { ChangeImmunizationInput } from "./schema.ts";

/** The lot that was missing, another date, a refusal that became a yes. @throws Conflict `stale`, with the other version; Invalid; NotFound */
export async function changeImmunization(
  ctx: ClinicContext,
  input: ChangeImmunizationInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, version, expiresOn, ...card } = input;
  return withStaff(ctx, async (db) => {
    const current = await db.immunization.findFirst({
      where: { clinicId, id },
      select: { ...immunizationSelect, patientId: true },
    });
    if (!current) throw notFound();
    const { patientId, ...row } = current;
    const shown = { ...row, expiresOn: row.expiresOn?.toISOString().slice(0, 10) ?? null };
    checkDates(await openRecord(db, ctx, patientId), { occurred: card.occurred });
    const { count } = await db.immunization.updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { ...card, expiresOn: expiresOn && new Date(expiresOn), version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, shown);
    await recordAudit(db, ctx, {
      event: "immunization.changed",
      action: "U",
      entity: "Immunization",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, status: card.status },
    });
    return { version: version + 1 };
  });
}
