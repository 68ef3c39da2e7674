import type { Db } from "#server/db/database.ts";

export interface Where {
  readonly locationId: string | null;
  readonly timeZone: string;
}

/**
 * Where an exception that names no location holds: everywhere in one zone when all live by the same clock, else at each location by its
 * own, since a day begins an hour earlier in the Magdalen Islands.
 */
export async function zonesOf(db: Db, clinicId: string, clinicZone: string): Promise<Where[]> {
  const places = await db.location.findMany({
    where: { clinicId, status: "active" },
    orderBy: { id: "asc" },
    select: { id: true, timeZone: true },
  });
  const zones = new Set(places.map(({ timeZone }) => timeZone));
  const [only = clinicZone] = zones;
  if (zones.size <= 1) return [{ locationId: null, timeZone: only }];
  return places.map(({ id: locationId, timeZone }) => ({ locationId, timeZone }));
}
