import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { cleanImage, MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { putFile } from "#server/storage/put-file.ts";
import { maySignAs } from "./may-sign-as.ts";
import { readPractitioner } from "./record.ts";
import type { SignatureInput } from "./schema.ts";

export interface SignatureAnswer {
  readonly signatureFileId: string | null;
  readonly version: number;
}

/**
 * Makes a picture the practitioner's signature: decoded and encoded anew, sealed, stored, and only then named in the database.
 * The one before stays on record, since what was signed with it exists.
 * @throws Forbidden for anybody else; Conflict `stale` with the practitioner as they are now; NotFound; Invalid `file.type`,
 *   `file.tooLarge`, `file.tooManyPixels`, `file.damaged`
 */
export async function setSignature(
  ctx: ClinicContext,
  input: SignatureInput,
  content: Uint8Array,
): Promise<SignatureAnswer> {
  const clinicId = ctx.clinic.id;
  // Asked before anything is stored, and once more where it is written.
  await withStaff(ctx, (db) => requireOwn(db, ctx, input.id));
  const image = await cleanImage(content);
  const { sha256, ...file } = await putFile(ctx, { id: newId(), content: image.content, maxBytes: MAX_IMAGE_BYTES });
  return withStaff(ctx, async (db) => {
    await requireOwn(db, ctx, input.id);
    await db.storedFile.createMany({
      data: {
        clinicId,
        id: file.id,
        purpose: "practitioner-signature",
        mediaType: image.mediaType,
        sizeBytes: file.sizeBytes,
        objectKey: file.objectKey,
        sha256,
        authorId: ctx.user.id,
      },
    });
    return write(db, ctx, input, file.id);
  });
}

/** The practitioner signs with no picture any more; those of before stay on record. @throws as setSignature */
export async function removeSignature(ctx: ClinicContext, input: SignatureInput): Promise<SignatureAnswer> {
  return withStaff(ctx, async (db) => {
    await requireOwn(db, ctx, input.id);
    return write(db, ctx, input, null);
  });
}

async function requireOwn(db: Db, ctx: ClinicContext, id: string): Promise<void> {
  const practitioner = await readPractitioner(db, ctx.clinic.id, id);
  if (!practitioner) throw notFound();
  maySignAs(ctx, practitioner);
}

async function write(
  db: Db,
  ctx: ClinicContext,
  { id, version }: SignatureInput,
  signatureFileId: string | null,
): Promise<SignatureAnswer> {
  const clinicId = ctx.clinic.id;
  const { count } = await db.practitioner.updateMany({
    where: { clinicId, id, version },
    data: { signatureFileId, version: version + 1 },
  });
  if (count === 0) throw await refuseStale(db, ctx, id, await readPractitioner(db, clinicId, id));
  await recordAudit(db, ctx, {
    event: signatureFileId ? "practitioner.signature-changed" : "practitioner.signature-removed",
    action: "U",
    entity: "Practitioner",
    entityIds: signatureFileId ? [id, signatureFileId] : [id],
    detail: { version: version + 1 },
  });
  return { signatureFileId, version: version + 1 };
}
