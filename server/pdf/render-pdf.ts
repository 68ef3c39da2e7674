import layoutDocument from "@react-pdf/layout";
import render from "@react-pdf/render";
import { type DocumentProps, Font, pdf } from "@react-pdf/renderer";
import PDFDocument from "pdfkit";
import type { ReactElement } from "react";
import { registerFonts } from "./fonts.ts";
import { type Laid, tagLayout } from "./tag-layout.ts";

/**
 * The bytes of a document: the same for the same document, today or in ten years with the same version of the library. With its structure tree, so that
 * it is read by ear as by eye. `renderToBuffer` of the library does the same without one: its steps are taken here one by one.
 */
export async function renderPdf(document: ReactElement<DocumentProps>): Promise<Buffer> {
  registerFonts();
  const { container } = pdf(document);
  const { title, author, creator, producer, language, creationDate, modificationDate }: DocumentProps =
    container.document.props;
  const doc = new PDFDocument({
    pdfVersion: "1.7",
    tagged: true,
    lang: language,
    displayTitle: true,
    autoFirstPage: false,
    info: defined({
      Title: title,
      Author: author,
      Creator: creator,
      Producer: producer,
      CreationDate: creationDate,
      ModDate: modificationDate,
    }),
  });
  const laid = await layout(container.document, Font);
  tagLayout(doc, laid);
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
  draw(doc, laid);
  return whole;
}

// As they are, and not as their types say.
const layout = layoutDocument as unknown as (document: unknown, fonts: typeof Font) => Promise<Laid>;
const draw = render as unknown as (doc: PDFKit.PDFDocument, laid: Laid) => void;

const defined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>;
