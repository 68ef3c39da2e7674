import { createHash } from "node:crypto";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encryptStream } from "#server/crypto/encrypt-stream.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { invalid } from "#server/errors.ts";
import { type FileRoom, type FileScope, processFileRoom } from "./file-room.ts";
import { newObjectKey } from "./object-store.ts";

export interface NewFile {
  /** The row's id, a UUIDv7 of `newId()`: the content is encrypted for this id. */
  id: string;
  content: Readable | Uint8Array;
  maxBytes: number;
}

/** What the row of a stored file needs to know. */
export interface PutFile {
  id: string;
  objectKey: string;
  /** Of the content. */
  sizeBytes: number;
  /**
   * Of the object as stored, hence of ciphertext: it lets a copy be checked without a key, and says nothing about the
   * content once the key is destroyed (a hash of the content would still confirm a guess).
   */
  sha256: Uint8Array<ArrayBuffer>;
}

/**
 * Encrypts and stores a file as it flows in. **Object first, row second**: call it before the transaction that inserts the
 * row. If that transaction fails, an unreadable, unreferenced object remains, which `findOrphans` finds a day later; the
 * other order would leave rows that point at nothing.
 * @throws DomainError Invalid `file.tooLarge` (nothing is kept), and what the flow itself throws
 */
export async function putFile(scope: FileScope, file: NewFile, room: FileRoom = processFileRoom()): Promise<PutFile> {
  const key = await openClinicKey(scope.clinic.id, room.vault);
  const objectKey = newObjectKey(scope.clinic.id);
  const hash = createHash("sha256");
  let sizeBytes = 0;

  const meter = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      sizeBytes += bytes.length;
      if (sizeBytes > file.maxBytes) return done(invalid("file.tooLarge", { file: "file.tooLarge" }));
      done(null, bytes);
    },
  });
  const hasher = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      hash.update(bytes);
      done(null, bytes);
    },
  });
  const source = file.content instanceof Readable ? file.content : Readable.from([Buffer.from(file.content)]);
  const flow = pipeline(source, meter, encryptStream(key, file.id), hasher);
  // Whichever ends first with an error ends the other: the pipeline destroys `hasher`, and a failed store must stop the source.
  const stored = room.objects.put(objectKey, hasher).catch((error) => {
    hasher.destroy(error);
    throw error;
  });
  const [flowed, kept] = await Promise.allSettled([flow, stored]);
  if (flowed.status === "rejected" && kept.status === "fulfilled") await room.objects.delete(objectKey);
  if (flowed.status === "rejected") throw flowed.reason;
  if (kept.status === "rejected") throw kept.reason;
  return { id: file.id, objectKey, sizeBytes, sha256: new Uint8Array(hash.digest()) };
}
