import { getDocument, Util } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, it, vi } from "vitest";
import { beginJoin, keepBytes } from "#server/pdf/join-pdf.ts";
import { aRawPage } from "#tests/factories/raw-pdf.ts";

// A process, or a page of PDF, takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** The line that says of whom a page is stands where its reader sees it, whatever was cut off the page and however it is turned. */

it.each([
  ["as it is", "/MediaBox[0 0 612 792]"],
  ["that lies elsewhere, its corners the other way around", "/MediaBox[712 892 100 100]"],
  ["of which a part is shown", "/MediaBox[0 0 2000 2000]/CropBox[300 400 912 1192]"],
  ["cut past its own edge", "/MediaBox[0 0 612 792]/CropBox[-50 -50 900 900]"],
  ["of which nothing would be left", "/MediaBox[0 0 612 792]/CropBox[700 800 900 900]"],
  ["turned to the right", "/MediaBox[0 0 792 612]/Rotate 90"],
  ["turned upside down, and cut", "/MediaBox[0 0 800 800]/CropBox[10 8 622 800]/Rotate 180"],
  ["turned to the left", "/MediaBox[50 50 842 662]/Rotate -90"],
  ["without a size", ""],
  ["whose size is no number", "/MediaBox[/a/b/c/d]"],
])("a page %s", async (_, said) => {
  const kept = keepBytes();
  const joined = await beginJoin("Dossier", "fr", new Date(0), kept.sink);
  await joined.addPdf(aRawPage(said));
  await joined.end({ foot: () => "Clinique · Rosalie Gagnon" });
  const page = await (await getDocument({ data: new Uint8Array(kept.bytes()), verbosity: 0 }).promise).getPage(1);
  const { width, height, transform } = page.getViewport({ scale: 1 });
  expect([width, height]).toEqual([612, 792]);
  const [foot] = (await page.getTextContent()).items.filter((one) => "str" in one && one.str !== "");
  if (!foot || !("str" in foot)) throw new Error("no foot");
  const [a, b, c, d, left, down] = Util.transform(transform, foot.transform).map((one: number) => Math.round(one) + 0);
  // Upright on the screen, whose lines are counted from above.
  expect([a, b, c, d]).toEqual([8, 0, 0, -8]);
  expect(down).toBe(792 - 13);
  expect(Math.abs((left ?? 0) + foot.width / 2 - 306)).toBeLessThan(2);
});
