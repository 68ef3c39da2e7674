import type { PDFDocumentLoadingTask } from "pdfjs-dist";

const partBytes = 256 * 1024;

/** Begins to read a PDF, by our own door or from the bytes that are here already; its reader and all that it loads come from this very server. */
export async function readPdf(source: string | Uint8Array<ArrayBuffer>): Promise<PDFDocumentLoadingTask> {
  const lib = await import("pdfjs-dist");
  const base = `/api/viewer/${lib.version}`;
  lib.GlobalWorkerOptions.workerSrc = `${base}/pdf.worker.min.mjs`;
  return lib.getDocument({
    // The reader takes what it is given: another look needs its own copy.
    ...(typeof source === "string" ? { url: source } : { data: source.slice() }),
    rangeChunkSize: partBytes,
    disableAutoFetch: true,
    disableStream: true,
    wasmUrl: `${base}/wasm/`,
    standardFontDataUrl: `${base}/fonts/`,
    cMapUrl: `${base}/cmaps/`,
    iccUrl: `${base}/iccs/`,
    useWorkerFetch: false,
    useSystemFonts: false,
    enableXfa: false,
    verbosity: 0,
  });
}
