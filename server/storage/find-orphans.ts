import { type FileRoom, type FileScope, processFileRoom } from "./file-room.ts";

/** A younger object may belong to a transaction that is still running. */
export const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 500;

/**
 * The objects of a clinic that no row names, left by transactions that failed after the upload.
 * @param withRow of the object keys given, those that some row names (one query; the caller's, since rows are its matter)
 */
export async function* findOrphans(
  scope: FileScope,
  withRow: (objectKeys: string[]) => Promise<ReadonlySet<string>>,
  olderThanMs: number = DAY_MS,
  room: FileRoom = processFileRoom(),
): AsyncGenerator<string> {
  const before = Date.now() - Math.max(DAY_MS, olderThanMs);
  let batch: string[] = [];
  for await (const { objectKey, writtenAt } of room.objects.list(scope.clinic.id)) {
    if (writtenAt.getTime() > before) continue;
    batch.push(objectKey);
    if (batch.length < BATCH) continue;
    yield* without(batch, await withRow(batch));
    batch = [];
  }
  if (batch.length > 0) yield* without(batch, await withRow(batch));
}

function without(objectKeys: string[], named: ReadonlySet<string>): string[] {
  return objectKeys.filter((objectKey) => !named.has(objectKey));
}
