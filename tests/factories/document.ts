import { smallPdf } from "#prisma/seed/small-pdf.ts";
import { newId } from "#server/db/new-id.ts";
import { PART_BYTES } from "#server/document/schema.ts";
import { beginUpload } from "#server/document/upload/begin-upload.ts";
import { completeUpload } from "#server/document/upload/complete-upload.ts";
import { receivePart } from "#server/document/upload/receive-part.ts";
import type { TestMember } from "./clinic.ts";

/** A letter in one page, unlike any other. */
export const aLetter = (...lines: string[]) => smallPdf([{ lines: [...lines, newId()] }]);

/** Sends a file as the page does: announced, part by part, then taken whole. */
export async function sendFile(
  { ctx }: Pick<TestMember, "ctx">,
  content: Uint8Array,
  name = "Lettre.pdf",
  patientId: string | null = null,
): Promise<string> {
  const id = newId();
  await beginUpload(ctx, { files: [{ id, name, sizeBytes: content.byteLength, modifiedAt: new Date() }] });
  for (let offset = 0; offset < content.byteLength; offset += PART_BYTES)
    await receivePart(ctx, { id, offset }, async () => content.subarray(offset, offset + PART_BYTES));
  await completeUpload(ctx, { id, patientId });
  return id;
}

/** What a person says of a document when they file it. */
export const card = {
  documentType: "imaging" as const,
  title: "Échographie abdominale",
  datedOn: "2026-11-03",
  sourceAuthor: "Dr Thibodeau",
  reviewerId: null,
  urgent: false,
};
