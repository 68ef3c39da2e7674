import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { ClinicContext } from "#server/context.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import type { FileRoom } from "#server/storage/file-room.ts";
import { getFile } from "#server/storage/get-file.ts";
import { type PutFile, putFile } from "#server/storage/put-file.ts";
import { fewAtOnce } from "../few-at-once.ts";
import { checkDocument, checkPdfEnd, type MediaType } from "../reading/check-document.ts";
import { sniffDocument } from "../reading/sniff-document.ts";
import { MAX_DOCUMENT_BYTES } from "../schema.ts";

export interface Part {
  readonly id: string;
  readonly objectKey: string;
}

/** Files that are in memory whole at one time in this process: pictures and Office files, since a PDF flows by. */
const alone = fewAtOnce(2);

/**
 * Checks a file of which every part is here, and keeps it as one. What does not pass leaves nothing behind.
 * @param id the row's id under which it is encrypted
 * @throws Invalid with the reason why it is not taken
 */
export async function takeWhole(
  ctx: ClinicContext,
  id: string,
  parts: readonly Part[],
  room: FileRoom,
): Promise<{ file: PutFile; mediaType: MediaType }> {
  const [first, ...rest] = parts;
  if (!first) throw new TypeError("A file has a first part.");
  const head = await buffer(await getFile(ctx, first, room));
  const sniffed = sniffDocument(head);
  if ("type" in sniffed && sniffed.type === "application/pdf") {
    let tail: Buffer = Buffer.alloc(0);
    async function* whole() {
      yield head;
      tail = head.subarray(-4096);
      for (const part of rest)
        for await (const bytes of await getFile(ctx, part, room)) {
          tail = Buffer.concat([tail, bytes as Buffer]).subarray(-4096);
          yield bytes as Buffer;
        }
    }
    const file = await putFile(ctx, { id, content: Readable.from(whole()), maxBytes: MAX_DOCUMENT_BYTES }, room);
    try {
      checkPdfEnd(tail);
    } catch (error) {
      await deleteFile(ctx, file, room);
      throw error;
    }
    return { file, mediaType: "application/pdf" };
  }
  return alone(async () => {
    const pieces = [head];
    for (const part of rest) pieces.push(await buffer(await getFile(ctx, part, room)));
    const content = Buffer.concat(pieces);
    const mediaType = await checkDocument(content);
    return { file: await putFile(ctx, { id, content, maxBytes: MAX_DOCUMENT_BYTES }, room), mediaType };
  });
}
