import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import type { TimelineInput } from "./schema.ts";

/** One bar: how many visits (`clinic.visits_held`, as wherever they are counted), and how many notes that this person may read. */
export interface TimelineBar {
  /** The first day of the year or month, or the day: `YYYY-MM-DD`. */
  readonly on: string;
  readonly visits: number;
  readonly notes: number;
}

/**
 * A patient's visits and notes counted by year, month or day, oldest first: one statement, whatever the chart holds. Counts alone: what is
 * opened from it is journaled there.
 */
export async function readTimeline(
  ctx: ClinicContext,
  { patientId, unit, from, until }: TimelineInput,
): Promise<TimelineBar[]> {
  requirePermission(ctx, "chart:read");
  return readAsStaff<TimelineBar>(ctx, {
    name: "encounter_timeline",
    text: `select b."on"::text, sum(b.visits)::int as visits, sum(b.notes)::int as notes from (
        select date_trunc($3, v.held_on)::date as "on", 1 as visits, 0 as notes from clinic.visits_held($1, $2) v
        where clinic.grounded($2) and ($5::date is null or v.held_on >= $5::date) and ($6::date is null or v.held_on <= $6::date)
        union all
        select date_trunc($3, n.occurred_at at time zone $4)::date, 0, 1 from clinic.note n
        where clinic.grounded($2) and n.clinic_id = $1 and n.patient_id = $2 and n.status <> 'entered-in-error' and n.amends_id is null
          and ($5::date is null or n.occurred_at >= $5::date::timestamp at time zone $4)
          and ($6::date is null or n.occurred_at < ($6::date + 1)::timestamp at time zone $4)
      ) b group by b."on" order by b."on"`,
    values: [ctx.clinic.id, patientId, unit, ctx.clinic.timeZone, from ?? null, until ?? null],
  });
}
