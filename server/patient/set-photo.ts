import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { cleanImage, MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { putFile } from "#server/storage/put-file.ts";
import { changeRecord } from "./change-record.ts";
import type { PatientView } from "./record.ts";
import { requireLivePatient } from "./require-live-patient.ts";
import type { patientVersionRef } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/**
 * A patient's face, so that nobody is taken for another: decoded and encoded anew, sealed, stored, and only then named in the record.
 * @throws Conflict `stale`; NotFound; Invalid `file.type`, `file.tooLarge`, `file.tooManyPixels`, `file.damaged`
 */
export async function setPhoto(
  ctx: ClinicContext,
  { id, version }: z.output<typeof patientVersionRef>,
  content: Uint8Array,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  // Asked before anything is stored, and once more where it is written.
  await withStaff(ctx, (db) => requireLivePatient(db, ctx, id));
  const image = await cleanImage(content);
  const { sha256, ...file } = await putFile(ctx, { id: newId(), content: image.content, maxBytes: MAX_IMAGE_BYTES });
  return changeRecord(ctx, async (db) => {
    await requireLivePatient(db, ctx, id);
    await db.storedFile.createMany({
      data: {
        clinicId,
        id: file.id,
        patientId: id,
        category: "identity",
        purpose: "patient-photo",
        mediaType: image.mediaType,
        sizeBytes: file.sizeBytes,
        objectKey: file.objectKey,
        sha256,
        authorId: ctx.user.id,
      },
    });
    const { count } = await db.patient.updateMany({
      where: { clinicId, id, version },
      data: { photoFileId: file.id, version: version + 1 },
    });
    if (count === 0) return staleRecord(db, ctx, id);
    return { patientId: id, event: "patient.photo-changed", action: "U", entity: "Patient", entityId: id };
  });
}

/** The file shows no face any more; those of before stay on record. @throws Conflict `stale`; NotFound */
export async function removePhoto(
  ctx: ClinicContext,
  { id, version }: z.output<typeof patientVersionRef>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  return changeRecord(ctx, async (db) => {
    await requireLivePatient(db, ctx, id);
    const { count } = await db.patient.updateMany({
      where: { clinicId, id, version },
      data: { photoFileId: null, version: version + 1 },
    });
    if (count === 0) return staleRecord(db, ctx, id);
    return { patientId: id, event: "patient.photo-removed", action: "U", entity: "Patient", entityId: id };
  });
}
