import sharp from "sharp";
import { invalid } from "#server/errors.ts";
import { type OfficeType, openOffice } from "./open-office.ts";
import { type PlainType, sniffDocument } from "./sniff-document.ts";

export type MediaType = PlainType | OfficeType;

/** A page of A3 at 600 dots per inch has 70 million. */
const mostPixels = 120_000_000;
const TAIL_BYTES = 2048;

/** Whether a PDF ends as one does. Programs put a little behind the mark, and nothing more. */
export function checkPdfEnd(tail: Uint8Array): void {
  const end = Buffer.from(tail.subarray(-TAIL_BYTES)).toString("latin1");
  if (!end.includes("%%EOF")) throw refused("document.cut");
}

/**
 * Checks a whole file by its content, and says what it is.
 * @throws Invalid with the key of a sentence that a person understands: `document.type`, `.cut`, `.damaged`, `.archive`, `.macro`, `.bomb`…
 */
export async function checkDocument(content: Buffer): Promise<MediaType> {
  const sniffed = sniffDocument(content);
  if ("refusal" in sniffed) throw refused(sniffed.refusal);
  switch (sniffed.type) {
    case "zip": {
      const file = await openOffice(content);
      file.close();
      return file.type;
    }
    case "application/pdf":
      checkPdfEnd(content);
      return sniffed.type;
    case "application/rtf":
      checkRtf(content);
      return sniffed.type;
    default:
      await checkImage(content, sniffed.type);
      return sniffed.type;
  }
}

function checkRtf(content: Buffer): void {
  const end = content.subarray(-TAIL_BYTES).toString("latin1");
  if (!/\}[\s\0]*$/.test(end)) throw refused("document.cut");
  // An object of another program, which Word would start.
  if (content.includes("\\objdata") || content.includes("\\objupdate")) throw refused("document.macro");
}

/** Decodes the whole picture: what a viewer would meet later is met now. */
async function checkImage(content: Buffer, type: PlainType): Promise<void> {
  const { format, width, height } = await sharp(content, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw refused("document.cut");
    });
  if (`image/${format}` !== type) throw refused("document.type");
  if (width * height > mostPixels) throw refused("file.tooManyPixels");
  try {
    await sharp(content, { limitInputPixels: mostPixels, failOn: "truncated" }).stats();
  } catch {
    throw refused("document.cut");
  }
}

const refused = (key: string) => invalid(key, { file: key });
