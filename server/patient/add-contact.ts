import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { changeRecord } from "./change-record.ts";
import { normaliseContact } from "./normalise-contact.ts";
import type { PatientView } from "./record.ts";
import { requireLivePatient } from "./require-live-patient.ts";
import type { addContactInput } from "./schema.ts";

/** One more way to reach a patient. @throws Invalid beside the field; NotFound */
export async function addContact(
  ctx: ClinicContext,
  { patientId, contact }: z.output<typeof addContactInput>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const columns = normaliseContact(contact);
  const id = newId();
  return changeRecord(ctx, async (db) => {
    await requireLivePatient(db, ctx, patientId);
    const clinicId = ctx.clinic.id;
    await db.patientContact.createMany({ data: { ...columns, clinicId, id, patientId, authorId: ctx.user.id } });
    return { patientId, event: "patient.contact-added", action: "C", entity: "PatientContact", entityId: id };
  });
}
