import { sniffImage } from "#server/storage/sniff-image.ts";

/** What the first bytes of a file say. The name and the type that a browser gives are what a stranger says, and count for nothing. */

export type PlainType =
  | "application/pdf"
  | "application/rtf"
  | "image/png"
  | "image/jpeg"
  | "image/webp"
  | "image/tiff";

/** `zip`: Office files are archives, and only the whole says which. */
export type Sniffed = { readonly type: PlainType | "zip" } | { readonly refusal: string };

/** Bytes that must be there to tell. */
export const HEAD_BYTES = 1024;

const tiff = ["49492a00", "4d4d002a", "49492b00", "4d4d002b"];
const oldOffice = "d0cf11e0a1b11ae1";

/** @returns the type, or the key of the sentence that says why it is not taken */
export function sniffDocument(head: Uint8Array): Sniffed {
  const bytes = Buffer.from(head.subarray(0, HEAD_BYTES));
  const image = sniffImage(bytes);
  if (image) return { type: image };
  const hex = bytes.toString("hex", 0, 8);
  if (tiff.some((mark) => hex.startsWith(mark))) return { type: "image/tiff" };
  if (hex.startsWith("504b0304")) return { type: "zip" };
  if (hex.startsWith("504b0506") || hex.startsWith("504b0708")) return { refusal: "document.archive" };
  if (hex === oldOffice) return { refusal: "document.oldOffice" };
  const brand = bytes.toString("latin1", 4, 12);
  if (/^ftyp(hei|hev|mif1|msf1|avif)/.test(brand)) return { refusal: "document.heic" };
  const text = bytes
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  // Anything else before the header would let one file be two things.
  if (text.startsWith("%PDF-")) return { type: "application/pdf" };
  if (text.startsWith("{\\rtf")) return { type: "application/rtf" };
  if (/<svg[\s>/]/i.test(text)) return { refusal: "document.svg" };
  if (/^<(!doctype|html|head|body|script|\?xml|!--)/i.test(text)) return { refusal: "document.web" };
  return { refusal: "document.type" };
}
