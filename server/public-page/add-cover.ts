import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { cleanImage, MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { putFile } from "#server/storage/put-file.ts";

/**
 * Keeps a photo that the page may show: decoded and encoded anew, sealed, stored. The draft names it once it is saved, and nobody
 * outside sees it before that draft is published.
 * @throws Invalid `file.type`, `file.tooLarge`, `file.tooManyPixels`, `file.damaged`
 */
export async function addCover(ctx: ClinicContext, content: Uint8Array): Promise<{ fileId: string }> {
  requirePermission(ctx, "page:manage");
  const image = await cleanImage(content);
  const { sha256, ...file } = await putFile(ctx, { id: newId(), content: image.content, maxBytes: MAX_IMAGE_BYTES });
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    await db.storedFile.createMany({
      data: {
        clinicId,
        id: file.id,
        purpose: "page-cover",
        mediaType: image.mediaType,
        sizeBytes: file.sizeBytes,
        objectKey: file.objectKey,
        sha256,
        authorId: ctx.user.id,
      },
    });
    await recordAudit(db, ctx, {
      event: "page.cover-added",
      action: "C",
      entity: "PublicPage",
      entityIds: [clinicId, file.id],
    });
  });
  return { fileId: file.id };
}
