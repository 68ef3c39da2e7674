import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { openRecord } from "#server/record-entry/open-record.ts";
import { checkMoment, ownValues } from "./check-values.ts";
import type { RecordObservationsInput } from "./schema.ts";

/**
 * What was measured together, all or nothing: 172 lb is kept as 78.0 kg with what was read beside it, and what no living person of
 * that age can have is refused. Sent twice with one panel, once.
 * @throws Invalid with the field of each value that cannot be, or `observation.report`; NotFound
 */
export async function recordObservations(
  ctx: ClinicContext,
  { patientId, panelId, at, reportId, values }: RecordObservationsInput,
): Promise<{ ids: string[] }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const ids = values.map(({ id }) => id);
    if (await db.observation.findFirst({ where: { clinicId, panelId, patientId }, select: { id: true } }))
      return { ids };
    const { birthDate } = await openRecord(db, ctx, patientId);
    checkMoment(at, birthDate);
    if (reportId) await checkReport(db, clinicId, patientId, reportId);
    const owned = ownValues(values, { birthDate, at }, (index) => `values.${index}.`);
    await db.observation.createMany({
      data: owned.map(({ text, position, ...one }) => ({
        clinicId,
        patientId,
        authorId: ctx.user.id,
        effectiveAt: at,
        panelId,
        reportId: reportId ?? null,
        valueText: text,
        bodyPosition: position,
        ...one,
      })),
    });
    await recordAudit(db, ctx, {
      event: "observation.recorded",
      action: "C",
      entity: "Observation",
      entityIds: ids,
      patientId,
      ground: groundOf(ctx),
    });
    return { ids };
  });
}

/** A value is read in a report of the same chart, one that this person sees. @throws Invalid */
async function checkReport(db: Db, clinicId: string, patientId: string, id: string): Promise<void> {
  const report = await db.document.findFirst({
    where: { clinicId, id, patientId, status: { in: ["filed", "reviewed"] } },
    select: { id: true },
  });
  if (!report) throw invalid("invalid", { reportId: "observation.report" });
}
