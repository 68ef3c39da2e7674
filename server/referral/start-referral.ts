import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { beginLetter } from "#server/letter/begin-letter.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import type { StartReferralInput } from "./schema.ts";

/** A request for a consultation and the letter that says it. Pressed twice, one is begun. @throws as beginLetter */
export async function startReferral(
  ctx: ClinicContext,
  { id, requestId, patientId, templateId }: StartReferralInput,
): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.letter.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await beginLetter(db, ctx, { id, patientId, kind: "referral", templateId });
    await db.serviceRequest.createMany({
      data: {
        clinicId,
        id: requestId,
        patientId,
        authorId: ctx.user.id,
        letterId: id,
        statusOn: new Date(`${todayIn(ctx.clinic.timeZone)}T00:00:00Z`),
      },
    });
    await recordAudit(db, ctx, {
      event: "referral.begun",
      action: "C",
      entity: "ServiceRequest",
      entityIds: [requestId, id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
