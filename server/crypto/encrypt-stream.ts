import { randomBytes } from "node:crypto";
import { Transform } from "node:stream";
import type { ClinicKey } from "./clinic-key.ts";
import {
  blockCutter,
  CHUNK_BYTES,
  FILE_VERSION,
  fileKey,
  LAST_CHUNK_NUMBER,
  SALT_BYTES,
  sealChunk,
} from "./file-format.ts";

/** Encrypts a file as it flows by, holding at most two chunks in memory. The form is in `file-format.ts`. */
export function encryptStream(clinicKey: ClinicKey, fileId: string): Transform {
  const salt = randomBytes(SALT_BYTES);
  const key = fileKey(clinicKey, fileId, salt);
  const blocks = blockCutter(CHUNK_BYTES);
  let number = 0;

  const stream = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      for (const block of blocks.push(bytes)) {
        if (number === LAST_CHUNK_NUMBER) return done(new RangeError("A file is at most 256 TiB."));
        stream.push(sealChunk(key, number, false, block));
        number += 1;
      }
      done();
    },
    flush(done) {
      done(null, sealChunk(key, number, true, blocks.end()));
    },
  });
  stream.push(Buffer.concat([Buffer.of(FILE_VERSION), salt]));
  return stream;
}
