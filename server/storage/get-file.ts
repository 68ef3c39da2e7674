import { pipeline, type Readable } from "node:stream";
import { decryptStream } from "#server/crypto/decrypt-stream.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { type FileRoom, type FileScope, processFileRoom } from "./file-room.ts";

/** The columns of a stored file's row that reading needs. */
export interface FileReference {
  id: string;
  objectKey: string;
}

/**
 * The content of a file as a flow. A file that was altered, cut or swapped fails as a stream error (CryptoError
 * Unauthentic), possibly after its first chunks came out: treat it as the file only once the flow has ended well.
 * @throws StorageError ObjectMissing; CryptoError KeyDestroyed
 */
export async function getFile(
  scope: FileScope,
  file: FileReference,
  room: FileRoom = processFileRoom(),
): Promise<Readable> {
  checkOwner(scope, file);
  const key = await openClinicKey(scope.clinic.id, room.vault);
  const content = decryptStream(key, file.id);
  // The callback form: errors of the store reach the reader through `content`, and a reader that leaves stops the store.
  pipeline(await room.objects.get(file.objectKey), content, () => undefined);
  return content;
}

/** Row security gives only rows of the scope's clinic; a row that points into another clinic's files is forged. */
export function checkOwner(scope: FileScope, file: Pick<FileReference, "objectKey">): void {
  if (!file.objectKey.startsWith(`${scope.clinic.id}/`)) throw new TypeError("The object belongs to another clinic.");
}
