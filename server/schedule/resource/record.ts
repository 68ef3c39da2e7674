import type { Db } from "#server/db/database.ts";

const roomSelect = {
  id: true,
  kind: true,
  name: true,
  type: true,
  locationId: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;

/** A room or a device as a verb reads it back; practitioners have their own noun. */
export function readRoom(db: Db, clinicId: string, id: string) {
  return db.resource.findFirst({ where: { clinicId, id, kind: { not: "practitioner" } }, select: roomSelect });
}
