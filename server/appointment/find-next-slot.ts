import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { shownSlot, slotColumns } from "./find-free-slots.ts";
import type { SlotView } from "./record.ts";
import type { NextInput } from "./schema.ts";

/** The first time that is free from a day on (today, unless said), within a year; null when there is none. */
export async function findNextSlot(ctx: ClinicContext, input: NextInput): Promise<SlotView | null> {
  requirePermission(ctx, "appointment:read");
  const [row] = await readAsStaff<Omit<SlotView, "startsAt"> & { startsAt: Date }>(ctx, {
    name: "chevet_next",
    text: `select ${slotColumns}
      from clinic.next_slot($1, $2, greatest($3::date::timestamp at time zone $4, now()), greatest($3::date::timestamp at time zone $4, now()) + interval '365 days',
        $5, $6, $7, true, now()) f
      join clinic.location l on l.clinic_id = $1 and l.id = f.location_id`,
    values: [
      ctx.clinic.id,
      input.serviceId,
      input.from ?? null,
      ctx.clinic.timeZone,
      input.resourceIds ?? null,
      input.locationIds ?? null,
      input.newPatient,
    ],
  });
  return row ? shownSlot(row) : null;
}
