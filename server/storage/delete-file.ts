import { type FileRoom, type FileScope, processFileRoom } from "./file-room.ts";
import { checkOwner, type FileReference } from "./get-file.ts";

/**
 * Removes a file's object. **Row first, object second**: call it after the transaction that deleted the row has committed.
 * If it fails then, the object is an orphan like any other. Quiet when there is none, so that it can be tried again.
 */
export async function deleteFile(
  scope: FileScope,
  file: Pick<FileReference, "objectKey">,
  room: FileRoom = processFileRoom(),
): Promise<void> {
  checkOwner(scope, file);
  await room.objects.delete(file.objectKey);
}
