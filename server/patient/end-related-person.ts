import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { notFound } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import type { PatientView } from "./record.ts";
import type { patientVersionRef } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/** Somebody who no longer stands beside the patient. Kept, with the day it ended. @throws Conflict `stale`; NotFound */
export async function endRelatedPerson(
  ctx: ClinicContext,
  { id, version }: z.output<typeof patientVersionRef>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  return changeRecord(ctx, async (db) => {
    const before = await db.relatedPerson.findFirst({ where: { clinicId, id }, select: { patientId: true } });
    if (!before) throw notFound();
    const { patientId } = before;
    const { count } = await db.relatedPerson.updateMany({
      where: { clinicId, id, version, endedAt: null },
      data: { endedAt: new Date(), version: { increment: 1 } },
    });
    if (count === 0) return staleRecord(db, ctx, patientId, "related_person", id);
    return { patientId, event: "patient.related-person-ended", action: "U", entity: "RelatedPerson", entityId: id };
  });
}
