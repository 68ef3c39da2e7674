import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from "@cantoo/pdf-lib";
import { quietPage } from "./quiet-page.ts";

/** A letter page, in points. */
const [width, height] = [612, 792];
const margin = 36;

/** Many files as one: pages are copied as they are, pictures get a page each. It holds what was joined and nothing of what was not yet read. */
export interface Joined {
  /** @returns how many pages it brought. @throws PdfUnreadable for a file that is locked or damaged */
  addPdf(content: Uint8Array): Promise<number>;
  /** A JPEG, as large as a page lets it be. */
  addPicture(content: Uint8Array): Promise<number>;
  readonly pages: number;
  /** Writes a line at the foot of each page, whose number is known only now. */
  number(line: (page: number, of: number) => string): Promise<void>;
  /** Puts these pages before the page that is the `at`-th from 0. @returns how many */
  insertPdf(content: Uint8Array, at: number): Promise<number>;
  save(): Promise<Uint8Array>;
}

/** Nothing of this file can be put on a page. */
export class PdfUnreadable extends Error {
  override readonly name = "PdfUnreadable";
}

/** How many pages a file of our own making has. */
export async function countPages(content: Uint8Array): Promise<number> {
  const document = await PDFDocument.load(content, { updateMetadata: false });
  return document.getPageCount();
}

/** @param title names nobody: viewers list it among recent files. @param madeAt so that the same pages make the same bytes */
export async function beginJoin(title: string, language: "fr" | "en", madeAt: Date): Promise<Joined> {
  const document = await PDFDocument.create();
  document.setTitle(title);
  document.setLanguage(language === "fr" ? "fr-CA" : "en-CA");
  document.setCreator("Chevet");
  document.setProducer("Chevet");
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
  let font: PDFFont | undefined;

  async function copy(content: Uint8Array): Promise<PDFPage[]> {
    try {
      const source = await PDFDocument.load(content, { updateMetadata: false });
      // Before they are copied: what no page leads to any more is not brought along.
      for (const page of source.getPages()) quietPage(page);
      return await document.copyPages(source, source.getPageIndices());
    } catch (cause) {
      throw new PdfUnreadable("a file that cannot be joined", { cause });
    }
  }

  return {
    async addPdf(content) {
      const pages = await copy(content);
      for (const page of pages) document.addPage(page);
      return pages.length;
    },
    async addPicture(content) {
      const picture = await document.embedJpg(content);
      const page = document.addPage([width, height]);
      const { width: w, height: h } = picture.scaleToFit(width - 2 * margin, height - 2 * margin - 20);
      page.drawImage(picture, { x: (width - w) / 2, y: height - margin - h, width: w, height: h });
      return 1;
    },
    get pages() {
      return document.getPageCount();
    },
    async number(line) {
      font ??= await document.embedFont(StandardFonts.Helvetica);
      const pages = document.getPages();
      for (const [at, page] of pages.entries()) {
        const text = line(at + 1, pages.length);
        const { width: wide } = page.getSize();
        const size = 8;
        const long = font.widthOfTextAtSize(text, size);
        const x = Math.max(8, (wide - long) / 2);
        // Over whatever the page bears there: a scanned page has no margin.
        page.drawRectangle({ x: x - 4, y: 9, width: long + 8, height: 13, color: rgb(1, 1, 1) });
        page.drawText(text, { x, y: 13, size, font, color: rgb(0.25, 0.29, 0.34) });
      }
    },
    async insertPdf(content, first) {
      const pages = await copy(content);
      for (const [at, page] of pages.entries()) document.insertPage(first + at, page);
      return pages.length;
    },
    save: () => document.save({ addDefaultPage: false, useObjectStreams: true }),
  };
}

/** Letters that the standard fonts of a PDF have (WinAnsi); any other becomes its plain form, or « ? ». */
export function inStandardLetters(text: string): string {
  return [...text.normalize("NFC")]
    .map((sign) => {
      if (/[\x20-\x7e\xa1-\xff’‘“”–—…•œŒ€]/.test(sign)) return sign;
      if (/\s/u.test(sign)) return " ";
      const plain = sign.normalize("NFD").replaceAll(/\p{M}/gu, "");
      return /^[\x20-\x7e]+$/.test(plain) ? plain : "?";
    })
    .join("");
}
