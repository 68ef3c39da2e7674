import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import { endNoAllergy } from "./end-no-allergy.ts";
import { refuseTwice } from "./refuse-twice.ts";
import type { AddAllergyInput } from "./schema.ts";

/**
 * An allergy or an intolerance; a statement that none is known ends with it, even one that is being written meanwhile. Sent twice with
 * one id, once.
 * @throws Invalid for a date to come or before the birth, or `allergy.already` for a substance that is active; NotFound
 */
export async function addAllergy(ctx: ClinicContext, input: AddAllergyInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, ...card } = input;
  return withStaff(ctx, async (db) => {
    const record = await openRecord(db, ctx, patientId, { alone: true });
    // Once the patient's row is held: of two that come together, the second finds what the first wrote.
    if (await db.allergyIntolerance.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    checkDates(record, { onset: card.onset });
    if (card.status === "active") await refuseTwice(db, { clinicId, patientId, id }, card);
    const ended = card.status === "active" ? await endNoAllergy(db, clinicId, patientId) : [];
    await db.allergyIntolerance.createMany({ data: { clinicId, id, patientId, authorId: ctx.user.id, ...card } });
    await recordAudit(db, ctx, {
      event: "allergy.added",
      action: "C",
      entity: "AllergyIntolerance",
      entityIds: [id, ...ended],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
