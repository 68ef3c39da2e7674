import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { toDate } from "./check-dates.ts";
import { groundOf } from "./ground.ts";
import { requireLivePatient } from "./require-live-patient.ts";
import type { AddAlertInput } from "./schema.ts";

/** A few words that everybody who opens this file must see. Sent twice with one id, once. @throws NotFound; Precondition for a record opened by mistake */
export async function addAlert(ctx: ClinicContext, input: AddAlertInput): Promise<{ id: string }> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, until, ...alert } = input;
  return withStaff(ctx, async (db) => {
    await requireLivePatient(db, ctx, patientId);
    const mine = { clinicId, id, patientId, authorId: ctx.user.id };
    if (await db.patientAlert.findFirst({ where: mine, select: { id: true } })) return { id };
    await db.patientAlert.createMany({ data: { ...mine, ...alert, until: toDate(until) } });
    await recordAudit(db, ctx, {
      event: "patient.alert-added",
      action: "C",
      entity: "Flag",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
