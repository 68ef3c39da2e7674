import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { cleanImage, MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { putFile } from "#server/storage/put-file.ts";

/**
 * Makes a picture the clinic's logo: decoded and encoded anew, sealed, stored, and only then named in the database. The one
 * before stays on record, since papers printed with it exist.
 * @throws Invalid `file.type`, `file.tooLarge`, `file.tooManyPixels`, `file.damaged`
 */
export async function setLogo(ctx: ClinicContext, content: Uint8Array): Promise<{ fileId: string }> {
  requirePermission(ctx, "clinic:manage");
  const image = await cleanImage(content);
  const { sha256, ...file } = await putFile(ctx, { id: newId(), content: image.content, maxBytes: MAX_IMAGE_BYTES });
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    await db.storedFile.createMany({
      data: {
        clinicId,
        id: file.id,
        purpose: "clinic-logo",
        mediaType: image.mediaType,
        sizeBytes: file.sizeBytes,
        objectKey: file.objectKey,
        sha256,
        authorId: ctx.user.id,
      },
    });
    await db.clinic.updateMany({ where: { clinicId }, data: { logoFileId: file.id, version: { increment: 1 } } });
    await recordAudit(db, ctx, {
      event: "clinic.logo-changed",
      action: "U",
      entity: "Clinic",
      entityIds: [clinicId, file.id],
    });
  });
  return { fileId: file.id };
}
