import { isOpenStill } from "#server/chart-export/ask-export.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import type { DocumentType } from "#server/document/schema.ts";
import { notFound, precondition } from "#server/errors.ts";
import { todayIn } from "#server/patient/today.ts";
import type { SentFile } from "./record.ts";
import type { PrepareInput } from "./schema.ts";

export interface ChosenFile extends SentFile {
  readonly documentType: DocumentType | "whole-chart";
  /** What a restriction closes it by. */
  readonly category: string;
}

const wholeChart = { fr: "Dossier complet", en: "Whole chart" } as const;

/**
 * The files of what is about to go, in the order given, as this person sees them: what a restriction closes is not here.
 * @throws NotFound; Precondition `communication.notFiled` for what is in no chart or was put aside, `communication.replaced` for a
 * letter that was corrected since, `communication.exportGone`, `chartExport.closed`
 */
export async function findFiles(
  db: Db,
  ctx: ClinicContext,
  { patientId, documentIds, chartExportId }: Omit<PrepareInput, "correspondentId">,
): Promise<ChosenFile[]> {
  const clinicId = ctx.clinic.id;
  const rows = await db.document.findMany({
    where: { clinicId, id: { in: documentIds }, patientId },
    select: {
      id: true,
      status: true,
      replacedById: true,
      documentType: true,
      category: true,
      title: true,
      fileName: true,
      mediaType: true,
      sizeBytes: true,
      fileRef: { select: { id: true, objectKey: true } },
    },
  });
  const documents = documentIds.map((id): ChosenFile => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw notFound();
    if (row.status !== "filed" && row.status !== "reviewed") throw precondition("communication.notFiled");
    if (row.replacedById) throw precondition("communication.replaced");
    return {
      id,
      fileId: row.fileRef.id,
      objectKey: row.fileRef.objectKey,
      mediaType: row.mediaType,
      sizeBytes: Number(row.sizeBytes),
      fileName: row.fileName,
      title: row.title,
      documentType: (row.documentType || "other") as DocumentType,
      category: row.category,
    };
  });
  if (!chartExportId) return documents;
  const whole = await db.chartExport.findFirst({
    where: { clinicId, id: chartExportId, patientId },
    select: {
      status: true,
      sizeBytes: true,
      expiresAt: true,
      createdAt: true,
      fileRef: { select: { id: true, objectKey: true } },
    },
  });
  if (!whole) throw notFound();
  if (!whole.fileRef || whole.expiresAt < new Date()) throw precondition("communication.exportGone");
  if (!(await isOpenStill(db, clinicId, chartExportId))) throw precondition("chartExport.closed");
  const on = todayIn(ctx.clinic.timeZone, whole.createdAt);
  return [
    ...documents,
    {
      id: chartExportId,
      fileId: whole.fileRef.id,
      objectKey: whole.fileRef.objectKey,
      mediaType: "application/pdf",
      sizeBytes: Number(whole.sizeBytes),
      fileName: `dossier-${on}.pdf`,
      title: `${wholeChart[ctx.locale]} (${on})`,
      documentType: "whole-chart",
      category: "document",
    },
  ];
}
