import { pipeline, type Readable, Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { CryptoError } from "#server/crypto/crypto-error.ts";
import {
  blockCutter,
  CHUNK_BYTES,
  FILE_VERSION,
  fileKey,
  HEADER_BYTES,
  openChunk,
  SEALED_CHUNK_BYTES,
} from "#server/crypto/file-format.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { type FileRoom, type FileScope, processFileRoom } from "./file-room.ts";
import { checkOwner, type FileReference } from "./get-file.ts";
import type { ByteRange } from "./object-store.ts";

/**
 * A part of a file's content: only the chunks that hold it are read, and each is authenticated at its own place, so that what comes out was there
 * when the file was written. Of what lies outside the part nothing is said.
 * @param file.sizeBytes of the content, as its row says: tells which chunk is the last
 * @param range within the content, both ends included
 * @throws StorageError ObjectMissing; CryptoError KeyDestroyed; (as a stream error) CryptoError Unauthentic
 */
export async function getRange(
  scope: FileScope,
  file: FileReference & { readonly sizeBytes: number },
  range: ByteRange,
  room: FileRoom = processFileRoom(),
): Promise<Readable> {
  checkOwner(scope, file);
  const lastChunk = Math.max(0, Math.ceil(file.sizeBytes / CHUNK_BYTES) - 1);
  const first = Math.floor(range.start / CHUNK_BYTES);
  const until = Math.min(Math.floor(range.end / CHUNK_BYTES), lastChunk);
  const key = await openClinicKey(scope.clinic.id, room.vault);
  const header = await buffer(await room.objects.get(file.objectKey, { start: 0, end: HEADER_BYTES - 1 }));
  if (header.length < HEADER_BYTES || header[0] !== FILE_VERSION) throw refused(file);
  const childKey = fileKey(key, file.id, header.subarray(1, HEADER_BYTES));
  const sealed = await room.objects.get(file.objectKey, {
    start: HEADER_BYTES + first * SEALED_CHUNK_BYTES,
    end: HEADER_BYTES + (until + 1) * SEALED_CHUNK_BYTES - 1,
  });

  const blocks = blockCutter(SEALED_CHUNK_BYTES);
  let number = first;
  function open(block: Buffer): Buffer | undefined {
    const plain = openChunk(childKey, number, number === lastChunk, block);
    const at = number * CHUNK_BYTES;
    number += 1;
    return plain?.subarray(Math.max(0, range.start - at), Math.max(0, range.end + 1 - at));
  }
  const content = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      for (const block of blocks.push(bytes)) {
        const plain = open(block);
        if (!plain) return done(refused(file));
        content.push(plain);
      }
      done();
    },
    flush(done) {
      const plain = open(blocks.end());
      // Fewer chunks than the row promised: cut.
      if (!plain || number !== until + 1) return done(refused(file));
      done(null, plain);
    },
  });
  pipeline(sealed, content, () => undefined);
  return content;
}

const refused = (file: FileReference) =>
  new CryptoError("Unauthentic", `File ${file.id} does not open: altered, cut, moved, or another key.`);
