import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { invalid } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import { normaliseRelatedPerson } from "./normalise-related-person.ts";
import type { PatientView } from "./record.ts";
import { requireLivePatient } from "./require-live-patient.ts";
import type { addRelatedPersonInput } from "./schema.ts";

/** Somebody who matters to a patient's care: parent, tutor, caregiver, emergency contact. @throws Invalid; NotFound */
export async function addRelatedPerson(
  ctx: ClinicContext,
  { patientId, person }: z.output<typeof addRelatedPersonInput>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const columns = normaliseRelatedPerson(person);
  if (columns.relatedPatientId === patientId)
    throw invalid("invalid", { "person.relatedPatientId": "patient.relatedToSelf" });
  const id = newId();
  return changeRecord(ctx, async (db) => {
    await requireLivePatient(db, ctx, patientId);
    const clinicId = ctx.clinic.id;
    await db.relatedPerson.createMany({ data: { ...columns, clinicId, id, patientId, authorId: ctx.user.id } });
    return { patientId, event: "patient.related-person-added", action: "C", entity: "RelatedPerson", entityId: id };
  });
}
