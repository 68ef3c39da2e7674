import type { Db } from "#server/db/database.ts";
import { showPhone } from "#server/phone.ts";

const locationSelect = {
  id: true,
  name: true,
  addressLine: true,
  city: true,
  postalCode: true,
  phone: true,
  timeZone: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;

/** A location as every verb returns it; the phone as people write it. */
export type LocationRecord = Awaited<ReturnType<typeof readLocations>>[number];

/** The clinic's locations, those in service first. A clinic has a few; two hundred is the most that is shown. */
export async function readLocations(db: Db, clinicId: string, locationId?: string) {
  const rows = await db.location.findMany({
    where: { clinicId, ...(locationId ? { id: locationId } : {}) },
    orderBy: [{ status: "asc" }, { name: "asc" }],
    select: locationSelect,
    take: 200,
  });
  return rows.map((row) => ({ ...row, phone: showPhone(row.phone) }));
}
