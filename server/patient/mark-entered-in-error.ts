import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { notFound } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import type { PatientView } from "./record.ts";
import { requireLive } from "./require-live-patient.ts";
import type { markErrorInput } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/**
 * Says that a record should never have been opened (FHIR status `entered-in-error`). Nothing is erased: it leaves searches,
 * and keeps who said so and why.
 * @throws Conflict `stale`; NotFound
 */
export async function markEnteredInError(
  ctx: ClinicContext,
  { id, version, reason }: z.output<typeof markErrorInput>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  return changeRecord(ctx, async (db) => {
    const before = await db.patient.findFirst({ where: { clinicId, id }, select: { status: true } });
    if (!before) throw notFound();
    requireLive(before);
    const { count } = await db.patient.updateMany({
      where: { clinicId, id, version },
      data: { status: "entered-in-error", statusReason: reason, version: { increment: 1 } },
    });
    if (count === 0) return staleRecord(db, ctx, id);
    const detail = { version: version + 1 };
    return { patientId: id, event: "patient.entered-in-error", action: "U", entity: "Patient", entityId: id, detail };
  });
}
