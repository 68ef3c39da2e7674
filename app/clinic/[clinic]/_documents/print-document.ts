import { readPdf } from "./pdf-reader.ts";

/** Sharp on paper. A PDF counts in points, 72 to an inch. */
const dotsPerInch = 150;
const widestPicture = 2_400;

export interface Printed {
  readonly mediaType: string;
  readonly pages: number | null;
}

/**
 * Sends a document to the printer as the page itself draws it: the browser is given no file that it would act upon. A copy on paper leaves the
 * clinic's screens, so that the journal says it as it says a download.
 * @param base of our own doors of this document
 * @param shown the address of its page, for an Office file
 * @throws when it cannot be fetched or drawn
 */
export async function printDocument(base: string, { mediaType, pages }: Printed, shown: string): Promise<void> {
  const original = `${base}/content?download`;
  if (mediaType === "application/pdf") return onPaper((paper) => drawPdf(paper, original));
  await fetched(original, "HEAD");
  if (!mediaType.startsWith("image/")) return onPaper((paper) => drawPage(paper, shown));
  const sources = Array.from(
    { length: pages ?? 1 },
    (_, page) => `${base}/preview?page=${page}&width=${widestPicture}`,
  );
  return onPaper(async (paper) => {
    for (const source of sources) await addPicture(paper, source);
  });
}

async function fetched(address: string, method = "GET"): Promise<Response> {
  const response = await fetch(address, { method });
  if (!response.ok) throw new Error(String(response.status));
  return response;
}

/** A sheet out of sight, and what it holds until it is printed. */
async function onPaper(draw: (paper: Document) => Promise<void>): Promise<void> {
  const frame = document.createElement("iframe");
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.style.cssText = "position:fixed;inset:auto 100% 100% auto;width:816px;height:1056px;border:0";
  document.body.append(frame);
  const { contentWindow: own, contentDocument: paper } = frame;
  try {
    if (!own || !paper) throw new Error("no frame");
    await draw(paper);
    const printed = new Promise<void>((resolve) => own.addEventListener("afterprint", () => resolve(), { once: true }));
    own.focus();
    own.print();
    await printed;
  } finally {
    for (const { src } of paper?.images ?? []) if (src.startsWith("blob:")) URL.revokeObjectURL(src);
    frame.remove();
  }
}

async function addPicture(paper: Document, source: string): Promise<void> {
  const picture = paper.createElement("img");
  picture.src = source;
  picture.style.cssText = "display:block;width:100%;max-height:100vh;object-fit:contain;break-after:page";
  paper.body.append(picture);
  await picture.decode();
}

async function drawPdf(paper: Document, address: string): Promise<void> {
  const bytes = new Uint8Array(await (await fetched(address)).arrayBuffer());
  const loading = await readPdf(bytes);
  try {
    const file = await loading.promise;
    for (let number = 1; number <= file.numPages; number += 1) {
      const page = await file.getPage(number);
      const viewport = page.getViewport({ scale: dotsPerInch / 72 });
      const canvas = document.createElement("canvas");
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      await page.render({ canvas, viewport, intent: "print" }).promise;
      const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
      // A canvas keeps its memory until its size is nothing.
      canvas.width = 0;
      page.cleanup();
      if (drawn) await addPicture(paper, URL.createObjectURL(drawn));
    }
  } finally {
    await loading.destroy();
  }
}

/** What our own door wrote of an Office file: a few names, and nothing that acts. */
async function drawPage(paper: Document, address: string): Promise<void> {
  const page = new DOMParser().parseFromString(await (await fetched(address)).text(), "text/html");
  const main = page.querySelector("main");
  if (!main || !paper.defaultView) throw new Error("no page");
  const sheet = new paper.defaultView.CSSStyleSheet();
  sheet.replaceSync(page.querySelector("style")?.textContent ?? "");
  paper.adoptedStyleSheets = [sheet];
  paper.documentElement.lang = page.documentElement.lang;
  paper.body.append(paper.adoptNode(main));
  await Promise.all([...paper.images].map((image) => image.decode().catch(() => undefined)));
}
