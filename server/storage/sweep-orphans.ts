import type { SystemContext } from "#server/context.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { deleteFile } from "./delete-file.ts";
import { type FileRoom, processFileRoom } from "./file-room.ts";
import { findOrphans } from "./find-orphans.ts";

/** Long enough to notice that a restored database lost rows, and to find their files still there. */
const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Deletes, in every clinic, the objects that no row has named for thirty days.
 * @returns how many were deleted
 */
export async function sweepOrphans(ctx: SystemContext, room: FileRoom = processFileRoom()): Promise<number> {
  const clinics = await withRelay((db) => db.clinicRegistration.findMany({ select: { clinicId: true } }));
  let deleted = 0;
  for (const { clinicId } of clinics) {
    const scope = { clinic: { id: clinicId } };
    for await (const objectKey of findOrphans(scope, (keys) => keysWithRow(ctx, clinicId, keys), KEPT_FOR_MS, room)) {
      await deleteFile(scope, { objectKey }, room);
      deleted += 1;
    }
  }
  return deleted;
}

function keysWithRow(ctx: SystemContext, clinicId: string, objectKeys: string[]): Promise<ReadonlySet<string>> {
  return withStaff({ ...ctx, clinicId }, async (db) => {
    const where = { clinicId, objectKey: { in: objectKeys } };
    const rows = await db.storedFile.findMany({ where, select: { objectKey: true } });
    return new Set(rows.map(({ objectKey }) => objectKey));
  });
}
