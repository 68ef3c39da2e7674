import { PDFArray, PDFDict, PDFName, type PDFPage } from "@cantoo/pdf-lib";

const name = (text: string) => PDFName.of(text);
/** Marks that carry something else than what is on the page: files, films, sounds, models. */
const carriers = new Set(["FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D"].map(name));

/**
 * A page that came from elsewhere shows what is on it and does nothing: no script when it is opened, no program or address behind a mark, no file
 * hanging on it. It goes on in a paper of ours, under the clinic's name.
 */
export function quietPage(page: PDFPage): void {
  const { node } = page;
  node.delete(name("AA"));
  const marks = node.lookup(name("Annots"));
  if (!(marks instanceof PDFArray)) return;
  for (let at = marks.size() - 1; at >= 0; at -= 1) {
    const mark = marks.lookup(at);
    const kind = mark instanceof PDFDict ? mark.lookup(name("Subtype")) : undefined;
    if (!(mark instanceof PDFDict) || !(kind instanceof PDFName) || carriers.has(kind)) {
      marks.remove(at);
      continue;
    }
    for (const key of ["A", "AA", "Dest", "PA"]) mark.delete(name(key));
    // What the parts of a form do stands in their parents too.
    for (let up = mark.lookup(name("Parent")), depth = 0; up instanceof PDFDict && depth < 32; depth += 1) {
      for (const key of ["A", "AA"]) up.delete(name(key));
      up = up.lookup(name("Parent"));
    }
  }
}
