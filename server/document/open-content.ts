import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";

export interface DocumentContent {
  /** The stored file's own id, under which it is encrypted. */
  readonly id: string;
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly fileName: string;
}

/**
 * Decides that this person may have a document's bytes, and writes it in the journal, at each fetch. A viewer fetches one document in many parts:
 * those of one opening, in one session, are one line.
 * @param how looked at in a page, or taken away as a file: that one is always a line of its own
 * @throws NotFound
 */
export async function openContent(
  ctx: ClinicContext,
  id: string,
  how: "viewed" | "downloaded",
): Promise<DocumentContent> {
  requirePermission(ctx, "document:file");
  return withStaff(ctx, async (db) => {
    const document = await db.document.findFirst({
      where: { clinicId: ctx.clinic.id, id },
      select: {
        patientId: true,
        mediaType: true,
        sizeBytes: true,
        fileName: true,
        fileRef: { select: { id: true, objectKey: true } },
      },
    });
    if (!document) throw notFound();
    const { patientId, mediaType, sizeBytes, fileName, fileRef } = document;
    const entry = {
      entity: "Document",
      entityIds: [id],
      ...(patientId && { patientId }),
      ground: groundOf(ctx),
    };
    if (how === "downloaded") await recordAudit(db, ctx, { ...entry, event: "document.downloaded", action: "R" });
    else await recordRead(db, ctx, { ...entry, event: "document.viewed" }, { refresh: true });
    return { ...fileRef, mediaType, sizeBytes: Number(sizeBytes), fileName };
  });
}
