import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { NotesOfDayInput } from "./schema.ts";

/** Where the note of a visit stands; of a visit that is not told of, none is begun. */
export interface VisitNote {
  readonly appointmentId: string;
  readonly state: "unsigned" | "signed";
}

/**
 * Of the visits of one's own day, those with a note of one's own and whether one is still to be signed: one statement. A member who is no
 * practitioner has no day. Nothing of what a note says is told.
 */
export async function readNotesOfDay(ctx: ClinicContext, { date, refresh }: NotesOfDayInput): Promise<VisitNote[]> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<(VisitNote & { ids: string[] })[]>`
      select e.appointment_id as "appointmentId", case when bool_or(n.status = 'preliminary') then 'unsigned' else 'signed' end as state,
        array_agg(n.id order by n.id) as ids
      from clinic.practitioner p
      join clinic.sitting s on s.clinic_id = p.clinic_id and s.resource_id = p.id and s.local_date = ${date}::date
        and s.starts_at > ${date}::date - interval '1 day' and s.starts_at < ${date}::date + interval '2 days'
      join clinic.appointment a on a.clinic_id = s.clinic_id and a.sitting_id = s.id
      join clinic.encounter e on e.clinic_id = a.clinic_id and e.appointment_id = a.id and e.practitioner_id = p.id
      join clinic.note n on n.clinic_id = e.clinic_id and n.encounter_id = e.id and n.status <> 'entered-in-error'
        -- What was added to a note that is an error is no note of the visit.
        and (n.relation is distinct from 'addendum' or n.status = 'preliminary')
      where p.clinic_id = ${clinicId}::uuid and p.membership_id = ${ctx.membership.id}::uuid
      group by e.appointment_id order by e.appointment_id`;
    await recordRead(
      db,
      ctx,
      { event: "note.day-listed", entity: "Note", entityIds: rows.flatMap(({ ids }) => ids), ground: groundOf(ctx) },
      { refresh },
    );
    return rows.map(({ appointmentId, state }) => ({ appointmentId, state }));
  });
}
