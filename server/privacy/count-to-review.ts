import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";

/**
 * Openings on a ground that their reader had made, as `s`. One that rests on a visit is only told once nobody came to it, but for what they say themselves: it
 * is called off or missed; or given to another column than theirs; or its hour is a day past, and neither did another say that the person came and it was done,
 * nor did the reader sign a note.
 */
export const selfMade = sql`
  clinic.self_made_ground s
  join lateral (select where s.kind <> 'visit' or exists (
    select from clinic.appointment a
    join clinic.sitting t on t.clinic_id = a.clinic_id and t.id = a.sitting_id
    where a.clinic_id = s.clinic_id and a.id = s.subject_id
      and (a.status in ('cancelled', 'noshow', 'entered-in-error')
        or t.starts_at < now() - interval '1 day' and not (a.status = 'fulfilled' and clinic.came_by_another(a.clinic_id, a.id, s.author_id))
          and not exists (select from clinic.signed_notes(s.clinic_id, s.patient_id, s.author_id, s.created_at))
        or not exists (select from identity.membership m
          join clinic.practitioner p on p.clinic_id = m.clinic_id and p.membership_id = m.id
          where m.clinic_id = s.clinic_id and m.user_id = s.author_id
            and (p.id = t.resource_id or exists (select from clinic.occupancy o where o.clinic_id = t.clinic_id and o.sitting_id = t.id and o.resource_id = p.id)))))) stands on true`;

/** How many openings in an emergency, for a reason of no list, or on a ground of one's own making, nobody has looked at. */
export const waitingCount = (clinicId: string): Sql => sql`
  (select count(*) from clinic.break_glass b where b.clinic_id = ${clinicId}::uuid
      and not exists (select from clinic.opening_review r where r.clinic_id = ${clinicId}::uuid and r.break_glass_id = b.id))::int
    + (select count(*) from clinic.chart_opening o where o.clinic_id = ${clinicId}::uuid and o.reason = 'other'
      and not exists (select from clinic.opening_review r where r.clinic_id = ${clinicId}::uuid and r.chart_opening_id = o.id))::int
    + (select count(*) from ${selfMade} where s.clinic_id = ${clinicId}::uuid
      and not exists (select from clinic.opening_review r where r.clinic_id = ${clinicId}::uuid and r.self_made_id = s.id))::int`;

/** The same for the rail. A number says nothing of anyone, so nothing is journaled. */
export async function countToReview(ctx: ClinicContext): Promise<{ waiting: number }> {
  requirePermission(ctx, "privacy:manage");
  const [row] = await withStaff(
    ctx,
    (db) => db.$queryRaw<{ waiting: number }[]>`select ${waitingCount(ctx.clinic.id)} as waiting`,
  );
  return row ?? { waiting: 0 };
}
