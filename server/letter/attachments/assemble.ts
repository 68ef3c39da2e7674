import { buffer } from "node:stream/consumers";
import { PDFDocument, type PDFPage, StandardFonts } from "@cantoo/pdf-lib";
import sharp from "sharp";
import type { ClinicContext } from "#server/context.ts";
import { invalid } from "#server/errors.ts";
import { legibleAll } from "#server/pdf/legible.ts";
import { quietPage } from "#server/pdf/quiet-page.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import type { FileRoom } from "#server/storage/file-room.ts";
import { getFile } from "#server/storage/get-file.ts";
import { LetterPages } from "../letter-pdf.tsx";
import type { PreparedLetter } from "../prepare-letter.ts";
import { letterWords } from "../words.ts";
import { NotePages, ResultPages } from "./attached-pages.tsx";
import { type AttachedItem, mostAttachedBytes } from "./read-attached.ts";

export interface Paper {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

interface Made {
  readonly signature: string | null;
  readonly madeAt: string;
  readonly isPreview: boolean;
}

/**
 * The letter, and behind it in their order what is attached, in one PDF; the list stands on its first page, and each page behind it says of which
 * clinic and patient it is, which piece, and which page of the whole file.
 * @throws Invalid `letter.tooHeavy`; `letter.unreadable` for a PDF with a password or a picture that is broken
 */
export async function assembleLetter(
  ctx: ClinicContext,
  prepared: PreparedLetter,
  made: Made,
  room: FileRoom,
): Promise<Paper> {
  const letter = legibleAll(prepared);
  const weight = letter.attached.reduce((sum, one) => sum + (one.kind === "document" ? one.sizeBytes : 0), 0);
  if (weight > mostAttachedBytes) throw invalid("letter.tooHeavy", { attachments: "letter.tooHeavy" });
  const parts: PDFDocument[] = [];
  for (const item of letter.attached) parts.push(await toPdf(ctx, letter, item, made, room));
  const attached = letter.attached.map(({ title }, at) => ({ title, pages: parts[at]?.getPageCount() ?? 0 }));
  const pdf = await renderPdf(LetterPages({ letter, attached, ...made }));
  const whole = await PDFDocument.load(pdf, { updateMetadata: false });
  if (parts.length === 0) return { pdf, pages: whole.getPageCount() };
  const font = await whole.embedFont(StandardFonts.Helvetica);
  const words = letterWords[letter.content.language];
  const total = whole.getPageCount() + attached.reduce((sum, { pages }) => sum + pages, 0);
  for (const [nth, part] of parts.entries()) {
    const pages = await whole.copyPages(part, part.getPageIndices());
    for (const [at, page] of pages.entries()) {
      whole.addPage(page);
      const said = [
        letter.clinic.name,
        letter.patient.name,
        `${words.attachment} ${nth + 1} : ${attached[nth]?.title ?? ""}`,
        ...(pages.length > 1 ? [`${at + 1}/${pages.length}`] : []),
        words.page(whole.getPageCount(), total),
      ].join(" · ");
      stamp(page, latin(said), font);
    }
  }
  return { pdf: await whole.save({ useObjectStreams: true }), pages: whole.getPageCount() };
}

/** The letters of the PDF's own fonts (WinAnsi): what is outside of them is not drawn. */
const latin = (text: string) => text.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2019\u0152\u0153]/g, "?");

/** Above the line that a whole chart or a fax writes at the foot (server/pdf/join-pdf.ts). */
function stamp(page: PDFPage, text: string, font: Awaited<ReturnType<PDFDocument["embedFont"]>>): void {
  page.drawText(text, { x: 24, y: 24, size: 7, font, maxWidth: page.getWidth() - 48 });
}

async function toPdf(
  ctx: ClinicContext,
  letter: PreparedLetter,
  item: AttachedItem,
  { madeAt }: Made,
  room: FileRoom,
): Promise<PDFDocument> {
  const { title } = item;
  if (item.kind === "note")
    return PDFDocument.load(await renderPdf(NotePages({ letter, title, madeAt, note: item.note })));
  if (item.kind === "results")
    return PDFDocument.load(await renderPdf(ResultPages({ letter, title, madeAt, values: item.values })));
  const bytes = await buffer(await getFile(ctx, item.file, room));
  try {
    return item.mediaType === "application/pdf" ? await quietly(bytes) : await pictures(bytes);
  } catch {
    throw invalid("letter.unreadable", { attachments: "letter.unreadable" });
  }
}

async function quietly(bytes: Buffer): Promise<PDFDocument> {
  const pdf = await PDFDocument.load(bytes);
  for (const page of pdf.getPages()) quietPage(page);
  return pdf;
}

/** Each picture of a file on a page of its own, as large as the page lets it be. */
async function pictures(bytes: Buffer): Promise<PDFDocument> {
  const whole = await PDFDocument.create();
  const { pages = 1 } = await sharp(bytes).metadata();
  for (let page = 0; page < Math.min(pages, 50); page += 1) {
    const jpeg = await sharp(bytes, { page })
      .rotate()
      .resize({ width: 2000, height: 2600, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "white" })
      .jpeg({ quality: 85 })
      .toBuffer();
    const picture = await whole.embedJpg(jpeg);
    const sheet = whole.addPage([612, 792]);
    const { width, height } = picture.scaleToFit(564, 740);
    sheet.drawImage(picture, { x: (612 - width) / 2, y: (792 - height) / 2 + 6, width, height });
  }
  return whole;
}
