import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { invalid, notFound } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import { normaliseRelatedPerson } from "./normalise-related-person.ts";
import type { PatientView } from "./record.ts";
import { requireLivePatient } from "./require-live-patient.ts";
import type { updateRelatedPersonInput } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/** Changes a live related person, from the version that was on the screen. @throws Conflict `stale`; Invalid; NotFound */
export async function updateRelatedPerson(
  ctx: ClinicContext,
  { id, version, person }: z.output<typeof updateRelatedPersonInput>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const columns = normaliseRelatedPerson(person);
  const clinicId = ctx.clinic.id;
  return changeRecord(ctx, async (db) => {
    const before = await db.relatedPerson.findFirst({ where: { clinicId, id }, select: { patientId: true } });
    if (!before) throw notFound();
    const { patientId } = before;
    if (columns.relatedPatientId === patientId)
      throw invalid("invalid", { "person.relatedPatientId": "patient.relatedToSelf" });
    await requireLivePatient(db, ctx, patientId);
    const { count } = await db.relatedPerson.updateMany({
      where: { clinicId, id, version, endedAt: null },
      data: { ...columns, version: { increment: 1 } },
    });
    if (count === 0) return staleRecord(db, ctx, patientId, "related_person", id);
    return { patientId, event: "patient.related-person-updated", action: "U", entity: "RelatedPerson", entityId: id };
  });
}
