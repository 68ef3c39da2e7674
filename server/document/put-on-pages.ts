import { buffer } from "node:stream/consumers";
import { DomainError } from "#server/errors.ts";
import type { Joined } from "#server/pdf/join-pdf.ts";
import type { FileRoom, FileScope } from "#server/storage/file-room.ts";
import { type FileReference, getFile } from "#server/storage/get-file.ts";
import { rewritePdf } from "./joining/rewrite-pdf.ts";
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
 * Puts a document's pages at the end of what is being joined: a PDF written anew, a picture drawn anew. One document is in memory at a time.
 * @returns how many pages it has there; none for what has none (an Office file) or cannot be read (a PDF that is locked, cut or made to harm): it is said elsewhere
 */
export async function putOnPages(scope: FileScope, file: Printable, joined: Joined, room: FileRoom): Promise<PutPages> {
  const read = async () => buffer(await getFile(scope, file, room));
  if (file.mediaType.startsWith("image/")) return addPictures(await read(), file.title, joined);
  if (file.mediaType !== "application/pdf") return none;
  const rewritten = await rewritePdf(await read());
  return rewritten ? { pages: await joined.addPdf(rewritten), isCut: false } : none;
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
