import { buffer } from "node:stream/consumers";
import { DomainError } from "#server/errors.ts";
import { type Joined, PdfUnreadable } from "#server/pdf/join-pdf.ts";
import type { FileRoom, FileScope } from "#server/storage/file-room.ts";
import { type FileReference, getFile } from "#server/storage/get-file.ts";
import { renderPreview } from "./render-preview.ts";

/** A letter page at 200 dots an inch: read on paper, and light enough for a fax. */
const pictureWidth = 1_700;
/** Pages of one picture that are put on paper: a TIFF that says that it has a million has none of them read. */
const mostPicturePages = 500;

interface Printable extends FileReference {
  readonly mediaType: string;
  /** Said of a picture to whom does not see it. */
  readonly title: string;
}

/** What came of a file. `isCut`: after those pages, a picture of it could not be read. */
export interface PutPages {
  readonly pages: number;
  readonly isCut: boolean;
}

const none: PutPages = { pages: 0, isCut: false };

/**
 * Puts a document's pages at the end of what is being joined: a PDF as it is, a picture drawn anew. One document is in memory at a time.
 * @returns how many pages it has there; none for what has none (an Office file) or cannot be read (a PDF that is locked or cut): it is said elsewhere
 */
export async function putOnPages(scope: FileScope, file: Printable, joined: Joined, room: FileRoom): Promise<PutPages> {
  const isPicture = file.mediaType.startsWith("image/");
  if (file.mediaType !== "application/pdf" && !isPicture) return none;
  const content = await buffer(await getFile(scope, file, room));
  if (isPicture) return addPictures(content, file.title, joined);
  try {
    return { pages: await joined.addPdf(content), isCut: false };
  } catch (error) {
    if (error instanceof PdfUnreadable) return none;
    throw error;
  }
}

async function addPictures(content: Buffer, title: string, joined: Joined): Promise<PutPages> {
  for (let page = 0; page < mostPicturePages; page += 1) {
    try {
      await joined.addPicture(await renderPreview(content, page, pictureWidth), title);
    } catch (error) {
      // The page after the last, or a picture that does not decode.
      if (error instanceof DomainError) return { pages: page, isCut: error.code !== "NotFound" };
      throw error;
    }
  }
  return { pages: mostPicturePages, isCut: true };
}
