import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { notFound } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import { normaliseContact } from "./normalise-contact.ts";
import type { PatientView } from "./record.ts";
import { requireLivePatient } from "./require-live-patient.ts";
import type { updateContactInput } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/** Changes a live contact, from the version that was on the screen. @throws Conflict `stale`; Invalid; NotFound */
export async function updateContact(
  ctx: ClinicContext,
  { id, version, contact }: z.output<typeof updateContactInput>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const columns = normaliseContact(contact);
  const clinicId = ctx.clinic.id;
  return changeRecord(ctx, async (db) => {
    const before = await db.patientContact.findFirst({ where: { clinicId, id }, select: { patientId: true } });
    if (!before) throw notFound();
    const { patientId } = before;
    await requireLivePatient(db, ctx, patientId);
    const { count } = await db.patientContact.updateMany({
      where: { clinicId, id, version, endedAt: null },
      data: { ...columns, version: { increment: 1 } },
    });
    if (count === 0) return staleRecord(db, ctx, patientId, "patient_contact", id);
    return { patientId, event: "patient.contact-updated", action: "U", entity: "PatientContact", entityId: id };
  });
}
