import sharp from "sharp";
import { invalid } from "#server/errors.ts";
import { type ImageType, sniffImage } from "./sniff-image.ts";

/** What may be uploaded as a logo. */
export const MAX_IMAGE_BYTES = 5 * 1024 * 1024;
const MAX_PIXELS = 40_000_000;
/** What is kept: sharp on a printed letterhead, small on a page. */
const MAX_SIDE = 1024;

export interface CleanImage {
  /** PNG keeps transparency; a photograph stays JPEG. Both are what mail programs and PDF understand. */
  mediaType: "image/png" | "image/jpeg";
  content: Buffer;
  width: number;
  height: number;
}

/**
 * Turns an uploaded picture into one of our own making: decoded, upright, at most 1024 pixels a side, encoded anew. What
 * rode along (EXIF with a place, comments, colour profiles, a second format hidden behind the first, other frames) is gone.
 * PNG, JPEG and WebP only: SVG is a program.
 * @throws DomainError Invalid `file.type`, `file.tooLarge`, `file.tooManyPixels` or `file.damaged`
 */
export async function cleanImage(content: Uint8Array): Promise<CleanImage> {
  if (content.byteLength > MAX_IMAGE_BYTES) throw refused("file.tooLarge");
  const type = sniffImage(content);
  if (!type) throw refused("file.type");
  const { format, width, height } = await sharp(content, { limitInputPixels: false }).metadata().catch(damaged);
  if (`image/${format}` !== type) throw refused("file.type");
  if (width * height > MAX_PIXELS) throw refused("file.tooManyPixels");
  return encode(content, type);
}

async function encode(content: Uint8Array, type: ImageType): Promise<CleanImage> {
  const picture = sharp(content, { limitInputPixels: MAX_PIXELS, failOn: "error", autoOrient: true }).resize({
    width: MAX_SIDE,
    height: MAX_SIDE,
    fit: "inside",
    withoutEnlargement: true,
  });
  const encoded = type === "image/jpeg" ? picture.jpeg({ quality: 88 }) : picture.png({ compressionLevel: 9 });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true }).catch(damaged);
  const mediaType = type === "image/jpeg" ? "image/jpeg" : "image/png";
  return { mediaType, content: data, width: info.width, height: info.height };
}

// The decoder's own words may quote the content, and help nobody who reads them.
function damaged(): never {
  throw refused("file.damaged");
}

function refused(key: string) {
  return invalid(key, { file: key });
}
