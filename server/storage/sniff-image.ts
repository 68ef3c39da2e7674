export type ImageType = "image/png" | "image/jpeg" | "image/webp";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** What the first bytes say. The name and the type that a browser gives are what a stranger says, and count for nothing. */
export function sniffImage(content: Uint8Array): ImageType | null {
  const head = Buffer.from(content.subarray(0, 16));
  if (head.subarray(0, PNG.length).equals(PNG)) return "image/png";
  if (head.subarray(0, JPEG.length).equals(JPEG)) return "image/jpeg";
  if (head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP") return "image/webp";
  return null;
}
