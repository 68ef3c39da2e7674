import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { NoteRelation } from "./record.ts";
import type { UnsignedNotesInput } from "./schema.ts";
import { stands, versionTold } from "./stands.ts";

/** One note that waits for this person's signature. */
export interface UnsignedNote {
  readonly id: string;
  readonly patientId: string;
  readonly patient: string;
  readonly birthDate: string | null;
  readonly title: string;
  readonly reason: string;
  readonly author: string;
  readonly relation: NoteRelation | null;
  /** When the care was given; of what is being written, as if it were signed now. */
  readonly occurredAt: Date;
  readonly visitAt: Date | null;
  readonly savedAt: Date | null;
  readonly appointmentId: string | null;
  /** Past the hours after which a signature is marked late. */
  readonly late: boolean;
  readonly version: number;
}

/** What this person began and did not sign, or is asked to co-sign (of a note that was corrected, what stands): the oldest care first, a page at a time; and how many of each. */
export async function listUnsigned(
  ctx: ClinicContext,
  { which, after, most, refresh }: UnsignedNotesInput,
): Promise<{ rows: UnsignedNote[]; after: string | null; mine: number; cosign: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<UnsignedNote[]>`
      select n.id, n.patient_id as "patientId", p.given_name || ' ' || p.family_name as patient, p.birth_date::text as "birthDate",
        coalesce(nullif(n.title, ''), nullif(d.title, ''), q.title) as title, e.reason, coalesce(a.display_name, '') as author, n.relation,
        case when n.signed_at is null then least(n.occurred_at, now()) else n.occurred_at end as "occurredAt", s.starts_at as "visitAt", case when d.closed_at is null then d.saved_at end as "savedAt", e.appointment_id as "appointmentId",
        case when n.signed_at is null then n.occurred_at < now() - interval '24 hours' else n.late end as late, ${versionTold} as version
      from clinic.note n
      join clinic.patient p on p.clinic_id = n.clinic_id and p.id = n.patient_id
      join clinic.encounter e on e.clinic_id = n.clinic_id and e.id = n.encounter_id
      join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
      left join clinic.note_draft d on d.clinic_id = n.clinic_id and d.note_id = n.id
      left join clinic.appointment v on v.clinic_id = e.clinic_id and v.id = e.appointment_id
      left join clinic.sitting s on s.clinic_id = v.clinic_id and s.id = v.sitting_id
      left join identity.membership a on a.clinic_id = n.clinic_id and a.user_id = n.author_id
      where n.clinic_id = ${clinicId}::uuid
        and case ${which} when 'mine' then n.author_id = ${me}::uuid and n.status = 'preliminary'
          else n.cosigner_id = ${me}::uuid and n.cosigned_at is null and ${stands} end
        and (${after ?? null}::uuid is null or (n.occurred_at, n.id) > (select f.occurred_at, f.id from clinic.note f where f.clinic_id = ${clinicId}::uuid and f.id = ${after ?? null}::uuid))
      order by n.occurred_at, n.id limit ${most + 1}`;
    const mine = await db.note.count({ where: { clinicId, authorId: me, status: "preliminary" } });
    const [asked] = await db.$queryRaw<{ cosign: number }[]>`
      select count(*)::int as cosign from clinic.note n
      where n.clinic_id = ${clinicId}::uuid and n.cosigner_id = ${me}::uuid and n.cosigned_at is null and ${stands}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "note.unsigned-listed",
        entity: "Note",
        entityIds: page.map(({ id }) => id),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return {
      rows: page,
      after: rows.length > most ? (page.at(-1)?.id ?? null) : null,
      mine,
      cosign: asked?.cosign ?? 0,
    };
  });
}
