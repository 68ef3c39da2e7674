import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { Hold, NoteRelation } from "./record.ts";
import type { PaneInput } from "./schema.ts";

/** A note of this patient that is being written. */
export interface DraftLine {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  readonly mine: boolean;
  readonly relation: NoteRelation | null;
  /** As if it were signed now. */
  readonly occurredAt: Date;
  readonly visitAt: Date | null;
  readonly begunAt: Date;
  readonly savedAt: Date;
  /** Of the visit that the page was opened for. */
  readonly ofVisit: boolean;
  readonly hold: Hold | null;
}

/** What is being written in this chart, one's own first, that of the visit before all. At most twenty. */
export async function listDrafts(ctx: ClinicContext, { patientId, appointmentId }: PaneInput): Promise<DraftLine[]> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<DraftLine[]>`
      select n.id, coalesce(nullif(d.title, ''), q.title) as title, coalesce(a.display_name, '') as author,
        coalesce(n.author_id = ${ctx.user.id}::uuid, false) as mine, n.relation, least(n.occurred_at, now()) as "occurredAt", s.starts_at as "visitAt", n.created_at as "begunAt", d.saved_at as "savedAt",
        coalesce(e.appointment_id = ${appointmentId ?? null}::uuid, false) as "ofVisit",
        case when d.held_until > now() then jsonb_build_object('userId', d.holder_id, 'name', coalesce(h.display_name, ''), 'until', d.held_until) end as hold
      from clinic.note_draft d
      join clinic.note n on n.clinic_id = d.clinic_id and n.id = d.note_id
      join clinic.encounter e on e.clinic_id = n.clinic_id and e.id = n.encounter_id
      join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
      left join clinic.appointment v on v.clinic_id = e.clinic_id and v.id = e.appointment_id
      left join clinic.sitting s on s.clinic_id = v.clinic_id and s.id = v.sitting_id
      left join identity.membership a on a.clinic_id = n.clinic_id and a.user_id = n.author_id
      left join identity.membership h on h.clinic_id = d.clinic_id and h.user_id = d.holder_id
      where d.clinic_id = ${clinicId}::uuid and d.patient_id = ${patientId}::uuid and d.closed_at is null
      order by "ofVisit" desc, mine desc, d.saved_at desc limit 20`;
    if (rows.length > 0)
      await recordRead(
        db,
        ctx,
        {
          event: "note.drafts-listed",
          entity: "Note",
          entityIds: rows.map(({ id }) => id),
          patientId,
          ground: groundOf(ctx),
        },
        { refresh: true },
      );
    return rows.map((row) => ({ ...row, hold: row.hold && { ...row.hold, until: new Date(row.hold.until) } }));
  });
}
