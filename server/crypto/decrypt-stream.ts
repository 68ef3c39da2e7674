import type { KeyObject } from "node:crypto";
import { Transform } from "node:stream";
import type { ClinicKey } from "./clinic-key.ts";
import { CryptoError } from "./crypto-error.ts";
import { blockCutter, FILE_VERSION, fileKey, HEADER_BYTES, openChunk, SEALED_CHUNK_BYTES } from "./file-format.ts";

/**
 * Decrypts a file as it flows by. Every byte that comes out was authenticated at its position; a cut or lengthened file
 * fails at its end, so a reader must not treat what it got as the file before the stream ends well.
 * @throws (as a stream error) CryptoError Unauthentic
 */
export function decryptStream(clinicKey: ClinicKey, fileId: string): Transform {
  const blocks = blockCutter(SEALED_CHUNK_BYTES);
  let header = Buffer.alloc(0);
  let key: KeyObject | null = null;
  let number = 0;

  function refused(): CryptoError {
    return new CryptoError("Unauthentic", `File ${fileId} does not open: altered, cut, moved, or another key.`);
  }

  /** Takes the header off the front; null until it is whole. */
  function afterHeader(bytes: Buffer): Buffer | null {
    if (key) return bytes;
    header = Buffer.concat([header, bytes]);
    if (header.length < HEADER_BYTES) return null;
    key = fileKey(clinicKey, fileId, header.subarray(1, HEADER_BYTES));
    return header.subarray(HEADER_BYTES);
  }

  const stream = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      const body = afterHeader(bytes);
      if (!body || !key) return done();
      if (header[0] !== FILE_VERSION) return done(refused());
      for (const block of blocks.push(body)) {
        const plaintext = openChunk(key, number, false, block);
        if (!plaintext) return done(refused());
        stream.push(plaintext);
        number += 1;
      }
      done();
    },
    flush(done) {
      const plaintext = key && openChunk(key, number, true, blocks.end());
      if (!plaintext) return done(refused());
      done(null, plaintext.length > 0 ? plaintext : undefined);
    },
  });
  return stream;
}
