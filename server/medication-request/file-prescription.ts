import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { indexDocument } from "#server/document/index-document.ts";
import { notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { putFile } from "#server/storage/put-file.ts";
import { printPrescription } from "./print-prescription.ts";
import type { PrintPrescriptionInput } from "./schema.ts";

const source = "chevet-prescription";
const mostBytes = 20 * 1024 * 1024;

/**
 * A signed prescription as a document of the chart, so that it is sent like any other. Asked again, it is the same document.
 * @throws Precondition `prescription.notSigned`, also for one that was cancelled or replaced; NotFound
 */
export async function filePrescription(
  ctx: ClinicContext,
  { id }: PrintPrescriptionInput,
): Promise<{ documentId: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const known = await withStaff(ctx, async (db) => {
    const prescription = await db.prescription.findFirst({
      where: { clinicId, id },
      select: { patientId: true, status: true, signedAt: true, number: true },
    });
    if (!prescription) throw notFound();
    if (prescription.status !== "signed" || !prescription.signedAt) throw precondition("prescription.notSigned");
    const { patientId } = prescription;
    const document = await db.document.findFirst({
      where: { clinicId, patientId, sourceSystem: source, sourceId: id, status: { in: ["filed", "reviewed"] } },
      select: { id: true },
    });
    return { ...prescription, signedAt: prescription.signedAt, documentId: document?.id };
  });
  if (known.documentId) return { documentId: known.documentId };
  const printed = await printPrescription(ctx, { id });
  const content = Buffer.from(printed.pdf, "base64");
  const { sha256, ...file } = await putFile(ctx, { id: newId(), content, maxBytes: mostBytes });
  const documentId = newId();
  const authorId = ctx.user.id;
  const datedOn = new Date(
    `${new Intl.DateTimeFormat("sv-SE", { timeZone: ctx.clinic.timeZone, dateStyle: "short" }).format(known.signedAt)}T00:00:00Z`,
  );
  await withStaff(ctx, async (db) => {
    const { patientId } = known;
    await db.storedFile.createMany({
      data: {
        clinicId,
        id: file.id,
        category: "document",
        purpose: "document",
        mediaType: "application/pdf",
        sizeBytes: file.sizeBytes,
        objectKey: file.objectKey,
        sha256,
        authorId,
      },
    });
    await db.document.createMany({
      data: {
        clinicId,
        id: documentId,
        patientId,
        authorId,
        fileId: file.id,
        fileName: printed.name,
        mediaType: "application/pdf",
        sizeBytes: file.sizeBytes,
        status: "filed",
        documentType: "prescription",
        title: `Ordonnance nº ${known.number}`,
        datedOn,
        handledBy: authorId,
        handledAt: new Date(),
        sourceSystem: source,
        sourceId: id,
      },
    });
    await db.documentText.createMany({
      data: {
        clinicId,
        id: documentId,
        patientId,
        authorId,
        status: "filed",
        handledBy: authorId,
        documentType: "prescription",
        datedOn,
        state: "no-text",
      },
    });
    await indexDocument(db, clinicId, documentId);
    await recordAudit(db, ctx, {
      event: "document.filed",
      action: "C",
      entity: "Document",
      entityIds: [documentId],
      patientId,
      ground: groundOf(ctx),
      detail: { documentType: "prescription", prescription: id },
    });
  }).catch(async (error: unknown) => {
    await deleteFile(ctx, file);
    throw error;
  });
  return { documentId };
}
