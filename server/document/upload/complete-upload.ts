import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError, notFound, precondition } from "#server/errors.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { todayIn } from "#server/patient/today.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import type { PutFile } from "#server/storage/put-file.ts";
import { indexDocument } from "../index-document.ts";
import { readDocumentText } from "../jobs.ts";
import type { MediaType } from "../reading/check-document.ts";
import type { CompleteUploadInput } from "../schema.ts";
import { takeWhole } from "./take-whole.ts";

interface Upload {
  readonly id: string;
  readonly name: string;
}

/**
 * The whole file is here: it is checked by its content, kept as one encrypted file and put in the inbox, under the upload's own id. Asked twice,
 * or by two windows at once, it is one document. What is refused is journaled, and its parts are removed.
 * @throws NotFound; Precondition `document.incomplete`; Invalid with the reason why it is not taken
 */
export async function completeUpload(
  ctx: ClinicContext,
  { id, patientId }: CompleteUploadInput,
  room: FileRoom = processFileRoom(),
): Promise<{ id: string }> {
  requirePermission(ctx, "document:file");
  const where = { clinicId: ctx.clinic.id, authorId: ctx.user.id, id };
  const upload = await withStaff(ctx, async (db) => {
    if (patientId) await requireLivePatient(db, ctx, patientId);
    return db.documentUpload.findFirst({ where });
  });
  if (!upload) throw notFound();
  if (upload.status === "done") return { id };
  if (upload.status === "refused" || upload.receivedBytes < upload.sizeBytes) throw precondition("document.incomplete");
  const parts = upload.partIds.map((part, index) => ({ id: part, objectKey: upload.partKeys[index] ?? "" }));
  const removeParts = () => Promise.allSettled(parts.map((part) => deleteFile(ctx, part, room)));

  const taken = await takeWhole(ctx, newId(), parts, room).catch(async (error: unknown) => {
    // Another window was faster, and has removed the parts.
    if (await withStaff(ctx, (db) => db.documentUpload.findFirst({ where: { ...where, status: "done" } }))) return null;
    if (!(error instanceof DomainError)) throw error;
    await refuse(ctx, id, error.key);
    await removeParts();
    throw error;
  });
  if (!taken) return { id };
  const kept = await withStaff(ctx, async (db) => {
    const { count } = await db.documentUpload.updateMany({
      where: { ...where, status: "open" },
      data: { status: "done", documentId: id },
    });
    if (count === 1) await receive(db, ctx, upload, taken, patientId);
    return count === 1;
  }).catch(async (error: unknown) => {
    await deleteFile(ctx, taken.file, room);
    throw error;
  });
  if (!kept) await deleteFile(ctx, taken.file, room);
  else await removeParts();
  return { id };
}

async function receive(
  db: Db,
  ctx: ClinicContext,
  { id, name }: Upload,
  { file, mediaType }: { file: PutFile; mediaType: MediaType },
  proposedPatientId: string | null,
): Promise<void> {
  const clinicId = ctx.clinic.id;
  const authorId = ctx.user.id;
  const { sha256, sizeBytes, objectKey } = file;
  const datedOn = new Date(`${todayIn(ctx.clinic.timeZone)}T00:00:00Z`);
  await db.storedFile.createMany({
    data: {
      clinicId,
      id: file.id,
      category: "document",
      purpose: "document",
      mediaType,
      sizeBytes,
      objectKey,
      sha256,
      authorId,
    },
  });
  await db.document.createMany({
    data: { clinicId, id, authorId, fileId: file.id, fileName: name, mediaType, sizeBytes, datedOn },
  });
  await db.documentText.createMany({
    data: {
      clinicId,
      id,
      authorId,
      status: "received",
      datedOn,
      proposedPatientId,
      proposedBecause: proposedPatientId ? "chart" : null,
    },
  });
  await indexDocument(db, clinicId, id);
  await enqueue(db, readDocumentText, { documentId: id, userId: authorId }, { clinicId });
  await recordAudit(db, ctx, {
    event: "document.received",
    action: "C",
    entity: "Document",
    entityIds: [id, file.id],
    detail: { mediaType, sizeBytes },
  });
}

function refuse(ctx: ClinicContext, id: string, reason: string): Promise<void> {
  return withStaff(ctx, async (db) => {
    const where = { clinicId: ctx.clinic.id, authorId: ctx.user.id, id, status: "open" };
    const { count } = await db.documentUpload.updateMany({ where, data: { status: "refused" } });
    if (count === 0) return;
    await recordAudit(db, ctx, {
      event: "document.refused",
      action: "E",
      outcome: "refused",
      entity: "Document",
      entityIds: [id],
      detail: { reason },
    });
  });
}
