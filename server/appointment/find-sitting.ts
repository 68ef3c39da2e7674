import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";

/** A sitting as a verb needs it. */
export interface SittingRow {
  readonly id: string;
  readonly kind: "visit" | "group" | "block";
  readonly status: "held" | "booked" | "cancelled" | "entered-in-error";
  readonly serviceId: string | null;
  readonly locationId: string;
  readonly resourceId: string;
  readonly date: string;
  readonly minute: number;
  readonly durationMinutes: number;
  readonly capacity: number;
  readonly seriesId: string | null;
  readonly seriesIndex: number | null;
  readonly resourceIds: readonly string[];
  /** Somebody has come, or did not: it can no longer be moved with its series. */
  readonly begun: boolean;
  /** Places taken, whoever may be seen. */
  readonly places: number;
  readonly upcoming: boolean;
  readonly version: number;
  readonly lastUpdated: Date;
}

type Which = { readonly ids: readonly string[] } | { readonly seriesId: string };

/** Sittings by id, or all of a series, in the order of time. */
export function findSittings(db: Db, clinicId: string, which: Which): Promise<SittingRow[]> {
  const [ids, seriesId] = "ids" in which ? [[...which.ids], null] : [[], which.seriesId];
  return db.$queryRaw<SittingRow[]>`
    select s.id, s.kind, s.status, s.service_id as "serviceId", s.location_id as "locationId", s.resource_id as "resourceId",
      s.local_date::text as date, s.local_minute as minute, s.duration_minutes as "durationMinutes", s.capacity,
      s.series_id as "seriesId", s.series_index as "seriesIndex", s.version, s.last_updated as "lastUpdated", s.starts_at > now() as upcoming,
      array(select o.resource_id::text from clinic.occupancy o where o.clinic_id = s.clinic_id and o.sitting_id = s.id) as "resourceIds",
      (select count(*)::int from clinic.place p where p.clinic_id = s.clinic_id and p.sitting_id = s.id) as places,
      exists (select from clinic.appointment a where a.clinic_id = s.clinic_id and a.sitting_id = s.id
        and a.status in ('arrived', 'checked-in', 'fulfilled', 'noshow')) as begun
    from clinic.sitting s
    where s.clinic_id = ${clinicId}::uuid and (s.id = any (${ids}::uuid[]) or s.series_id = ${seriesId}::uuid)
    order by s.starts_at, s.id`;
}

/**
 * The sitting that a screen was showing at this version.
 * @throws NotFound; Conflict `stale` with the sitting as it is now
 */
export async function needSitting(db: Db, ctx: ClinicContext, id: string, version: number): Promise<SittingRow> {
  const [row] = await findSittings(db, ctx.clinic.id, { ids: [id] });
  if (!row) throw notFound();
  if (row.version !== version) throw await refuseStale(db, ctx, id, row, "Sitting");
  return row;
}
