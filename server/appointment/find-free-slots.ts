import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import type { SlotView } from "./record.ts";
import type { SlotsInput } from "./schema.ts";

/** A slot as a screen shows it: the wall time of its place beside the instant. */
export const slotColumns = `f.starts_at as "startsAt", f.resource_id as "resourceId", f.location_id as "locationId", f.sitting_id as "sittingId",
  l.time_zone as "timeZone", (f.starts_at at time zone l.time_zone)::date::text as date,
  extract(hour from f.starts_at at time zone l.time_zone)::int * 60 + extract(minute from f.starts_at at time zone l.time_zone)::int as minute`;

export const shownSlot = (row: Omit<SlotView, "startsAt"> & { startsAt: Date }): SlotView => ({
  ...row,
  startsAt: row.startsAt.toISOString(),
});

/**
 * The times that a service offers to staff between two days of the clinic (both included), earliest first, from now on; in one round
 * trip. Notice, horizon and daily limits are for visitors.
 */
export async function findFreeSlots(ctx: ClinicContext, input: SlotsInput): Promise<SlotView[]> {
  requirePermission(ctx, "appointment:read");
  const rows = await readAsStaff<Omit<SlotView, "startsAt"> & { startsAt: Date }>(ctx, {
    name: "chevet_slots",
    text: `select ${slotColumns}
      from clinic.find_slots($1, $2, greatest($3::date::timestamp at time zone $4, now()), ($5::date + 1)::timestamp at time zone $4 - interval '1 second',
        $6, $7, $8, true, $9, now(), $10) f
      join clinic.location l on l.clinic_id = $1 and l.id = f.location_id
      order by f.starts_at, f.resource_id, f.location_id`,
    values: [
      ctx.clinic.id,
      input.serviceId,
      input.from,
      ctx.clinic.timeZone,
      input.until,
      input.resourceIds ?? null,
      input.locationIds ?? null,
      input.newPatient,
      input.ignoreSittingId ?? null,
      input.limit,
    ],
  });
  return rows.map(shownSlot);
}
