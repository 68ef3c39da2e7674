import sharp from "sharp";
import { invalid, notFound } from "#server/errors.ts";

const mostPixels = 120_000_000;
/** Sharp on a large screen; a person who wants more takes the original. */
export const widestPreview = 2_400;

/**
 * A picture that a browser may show: one page of the original decoded, upright, at most so wide, and encoded anew. Nothing of what rode along is
 * left, and the original stays as it came.
 * @param page from 0; a fax as TIFF has many
 * @throws NotFound for a page that is not there; Invalid `document.damaged`
 */
export async function renderPreview(content: Uint8Array, page: number, width: number): Promise<Buffer> {
  const { pages = 1 } = await sharp(content, { limitInputPixels: false }).metadata().catch(damaged);
  if (page >= pages) throw notFound();
  return sharp(content, { limitInputPixels: mostPixels, autoOrient: true, page, pages: 1 })
    .resize({
      width: Math.min(width, widestPreview),
      height: widestPreview * 2,
      fit: "inside",
      withoutEnlargement: true,
    })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 82, mozjpeg: false })
    .toBuffer()
    .catch(damaged);
}

function damaged(): never {
  throw invalid("document.damaged", { file: "document.damaged" });
}
