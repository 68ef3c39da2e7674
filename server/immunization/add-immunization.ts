import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import type { AddImmunizationInput } from "./schema.ts";

/** A vaccine given, told of, or refused with its reason. Sent twice with one id, once. @throws Invalid for a date to come or before the birth; NotFound */
export async function addImmunization(ctx: ClinicContext, input: AddImmunizationInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, expiresOn, ...card } = input;
  return withStaff(ctx, async (db) => {
    if (await db.immunization.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    checkDates(await openRecord(db, ctx, patientId), { occurred: card.occurred });
    await db.immunization.createMany({
      data: { clinicId, id, patientId, authorId: ctx.user.id, ...card, expiresOn: expiresOn && new Date(expiresOn) },
    });
    await recordAudit(db, ctx, {
      event: "immunization.added",
      action: "C",
      entity: "Immunization",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
