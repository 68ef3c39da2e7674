import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";

/** What a service makes of a visit, where it is given. */
export interface Offer {
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly modes: readonly string[];
  readonly capacity: number;
  readonly timeZone: string;
}

/** @throws NotFound when there is no such service or place */
export async function readOffer(db: Db, clinicId: string, serviceId: string, locationId: string): Promise<Offer> {
  const [row] = await db.$queryRaw<Offer[]>`
    select h.duration_minutes as "durationMinutes", h.buffer_before_minutes as "bufferBeforeMinutes", h.buffer_after_minutes as "bufferAfterMinutes",
      h.modes, h.capacity, l.time_zone as "timeZone"
    from clinic.healthcare_service h join clinic.location l on l.clinic_id = h.clinic_id and l.id = ${locationId}::uuid
    where h.clinic_id = ${clinicId}::uuid and h.id = ${serviceId}::uuid`;
  if (!row) throw notFound();
  return row;
}
