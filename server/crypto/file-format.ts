import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { type ClinicKey, deriveChildKey } from "./clinic-key.ts";

/*
 * An encrypted file is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015, the form that age and Tink use):
 *
 *   version (1) ‖ salt (32) ‖ chunk 0 ‖ chunk 1 ‖ … ‖ last chunk
 *
 * Each chunk is AES-256-GCM of at most 64 KiB with its tag behind it. The key is the file's own (HKDF of the clinic's key,
 * the file's id and the salt), so the nonce can count: 7 zero bytes ‖ chunk number (4) ‖ 1 for the last chunk, else 0.
 * Cut, reordered, repeated, joined or appended chunks meet a wrong nonce; a chunk of another file meets a wrong key.
 */

export const FILE_VERSION = 1;
export const SALT_BYTES = 32;
export const HEADER_BYTES = 1 + SALT_BYTES;
export const CHUNK_BYTES = 64 * 1024;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + 16;
/** 256 TiB: the counter never wraps. */
export const LAST_CHUNK_NUMBER = 0xffff_ffff;

/** The key of one file. */
export function fileKey(key: ClinicKey, fileId: string, salt: Uint8Array): KeyObject {
  return deriveChildKey(key.files, salt, "chevet.file.1", key.id, fileId);
}

export function sealChunk(key: KeyObject, number: number, last: boolean, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, last));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The chunk's content; null when it does not authenticate at this position. */
export function openChunk(key: KeyObject, number: number, last: boolean, sealed: Buffer): Buffer | null {
  if (sealed.length < 16) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, last), { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(-16));
  const plaintext = decipher.update(sealed.subarray(0, -16));
  try {
    decipher.final();
    return plaintext;
  } catch {
    return null;
  }
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Cuts a flow of bytes into blocks of `size`, always holding one back: only the end of the flow tells which is last. */
export function blockCutter(size: number) {
  let waiting: Buffer[] = [];
  let length = 0;
  return {
    /** The blocks that are now known not to be the last. */
    push(bytes: Buffer): Buffer[] {
      waiting.push(bytes);
      length += bytes.length;
      if (length <= size) return [];
      const joined = Buffer.concat(waiting, length);
      const whole = Math.ceil(joined.length / size) - 1;
      const rest = joined.subarray(whole * size);
      waiting = [rest];
      length = rest.length;
      return Array.from({ length: whole }, (_, index) => joined.subarray(index * size, (index + 1) * size));
    },
    /** The last block; empty only when nothing ever came. */
    end(): Buffer {
      return Buffer.concat(waiting, length);
    },
  };
}
