import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { notFound } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import type { PatientView } from "./record.ts";
import type { endAlertInput } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/** The alert shows no more; it stays on record with who ended it. @throws Conflict `stale`; NotFound */
export async function endAlert(
  ctx: ClinicContext,
  { id, version, reason }: z.output<typeof endAlertInput>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  return changeRecord(ctx, async (db) => {
    const alert = await db.patientAlert.findFirst({
      where: { clinicId, id, endedAt: null },
      select: { patientId: true },
    });
    if (!alert) throw notFound();
    const { patientId } = alert;
    const { count } = await db.patientAlert.updateMany({
      where: { clinicId, id, version, endedAt: null },
      data: { endedAt: new Date(), endReason: reason, version: { increment: 1 } },
    });
    if (count === 0) return staleRecord(db, ctx, patientId, "patient_alert", id);
    return { patientId, event: "patient.alert-ended", action: "U", entity: "Flag", entityId: id };
  });
}
