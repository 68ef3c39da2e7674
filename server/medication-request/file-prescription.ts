import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { indexDocument } from "#server/document/index-document.ts";
import { filedFrom } from "#server/document/record.ts";
import { notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { putFile } from "#server/storage/put-file.ts";
import { printPrescription } from "./print-prescription.ts";
import type { PrintPrescriptionInput } from "./schema.ts";

/** A restriction on medications closes the paper as it closes the list. */
const category = "medication";
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
    const documentId = await findFiled(db, ctx, { id, patientId });
    return { ...prescription, signedAt: prescription.signedAt, documentId };
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
  return withStaff(ctx, async (db) => {
    const { patientId } = known;
    // Held from here on: whoever files it in the same moment finds it filed, and one that was cancelled meanwhile is not.
    const held = await db.$queryRaw<object[]>`
      select 1 from clinic.prescription p where p.clinic_id = ${clinicId}::uuid and p.id = ${id}::uuid and p.status = 'signed' for update`;
    if (held.length === 0) throw precondition("prescription.notSigned");
    const first = await findFiled(db, ctx, { id, patientId });
    if (first) {
      await deleteFile(ctx, file);
      return { documentId: first };
    }
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
        category,
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
        sourceSystem: filedFrom,
        sourceId: id,
      },
    });
    await db.documentText.createMany({
      data: {
        clinicId,
        id: documentId,
        patientId,
        authorId,
        category,
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
    return { documentId };
  }).catch(async (error: unknown) => {
    await deleteFile(ctx, file);
    throw error;
  });
}

async function findFiled(
  db: Db,
  ctx: ClinicContext,
  { id, patientId }: { readonly id: string; readonly patientId: string },
): Promise<string | undefined> {
  const status = { in: ["filed", "reviewed"] };
  const where = { clinicId: ctx.clinic.id, patientId, sourceSystem: filedFrom, sourceId: id, status };
  return (await db.document.findFirst({ where, select: { id: true } }))?.id;
}
