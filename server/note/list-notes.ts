import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import type { NoteStatus } from "./record.ts";
import { type Answers, plainText } from "./rich-text-schema.ts";
import type { Diagnosis, ListNotesInput } from "./schema.ts";
import { stands, standsAs, statusTold } from "./stands.ts";

/** One line of a patient's notes. */
export interface NoteLine {
  readonly id: string;
  readonly title: string;
  readonly status: NoteStatus;
  /** When the care was given; of what is being written, as if it were signed now. */
  readonly occurredAt: Date;
  /** The visit that it is of. */
  readonly visitAt: Date | null;
  readonly author: string;
  readonly mine: boolean;
  readonly reason: string;
  readonly late: boolean;
  readonly private: boolean;
  /** Addenda that were signed; that it was corrected, by what this person may read, is its status. */
  readonly addenda: number;
  readonly awaitsCosign: boolean;
  readonly diagnoses: readonly Diagnosis[];
  /** How it begins, as it was corrected if it was; '' while it is being written. */
  readonly excerpt: string;
}

type Row = Omit<NoteLine, "excerpt"> & { readonly answers: Answers; readonly items: readonly QuestionnaireItem[] };

const excerptLength = 160;

/**
 * A patient's notes, the newest care first, a page at a time: one statement, however many there are. A corrected one says what its correction
 * says, since that is what holds; where the note is hidden from whoever reads and its correction is not, the line is the correction's. Of one problem, they are those that were
 * signed for it: what a correction says of it holds, what it corrected does not any more.
 */
export async function listNotes(
  ctx: ClinicContext,
  { patientId, after, most, from, until, conditionId, refresh }: ListNotesInput,
): Promise<{ rows: NoteLine[]; after: string | null }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const zone = ctx.clinic.timeZone;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<Row[]>`
      select n.id, coalesce(nullif(c.title, ''), nullif(n.title, ''), nullif(d.title, ''), q.title) as title, ${statusTold} as status, case when n.signed_at is null then least(n.occurred_at, now()) else n.occurred_at end as "occurredAt", s.starts_at as "visitAt",
        coalesce(a.display_name, '') as author, coalesce(n.author_id = ${ctx.user.id}::uuid, false) as mine, e.reason, n.late, n.audience <> '' as private,
        (select count(*)::int from clinic.note t where t.clinic_id = n.clinic_id and t.amends_id = n.id and t.relation = 'addendum' and t.status in ('final', 'amended')) as addenda,
        coalesce(c.awaits_cosign, n.cosigner_id is not null and n.cosigned_at is null and n.status in ('final', 'amended')) as "awaitsCosign", coalesce(c.diagnoses, n.diagnoses) as diagnoses, coalesce(c.answers, n.answers) as answers, q.items
      from clinic.note n
      join clinic.encounter e on e.clinic_id = n.clinic_id and e.id = n.encounter_id
      join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
      left join lateral (
        select k.title, k.diagnoses, k.answers, k.cosigner_id is not null and k.cosigned_at is null as awaits_cosign from clinic.note k
        where k.clinic_id = n.clinic_id and k.amends_id = n.id and k.relation = 'correction' and k.status in ('final', 'amended')
        order by k.signed_at desc, k.id desc limit 1
      ) c on n.status = 'amended'
      left join clinic.note_draft d on d.clinic_id = n.clinic_id and d.note_id = n.id and d.closed_at is null
      left join clinic.appointment v on v.clinic_id = e.clinic_id and v.id = e.appointment_id
      left join clinic.sitting s on s.clinic_id = v.clinic_id and s.id = v.sitting_id
      left join identity.membership a on a.clinic_id = n.clinic_id and a.user_id = n.author_id
      where n.clinic_id = ${clinicId}::uuid and n.patient_id = ${patientId}::uuid and (n.amends_id is null
          or n.relation = 'correction' and ${stands} and not exists (select from clinic.note r where r.clinic_id = n.clinic_id and r.id = n.amends_id))
        and (n.status <> 'entered-in-error' or n.signed_at is not null)
        and (${from ?? null}::date is null or n.occurred_at >= ${from ?? null}::date::timestamp at time zone ${zone})
        and (${until ?? null}::date is null or n.occurred_at < (${until ?? null}::date + 1)::timestamp at time zone ${zone})
        and (${conditionId ?? null}::uuid is null or coalesce(n.amends_id, n.id) in (
          select coalesce(h.amends_id, k.amends_id, k.id) from clinic.note_condition l
          join clinic.note k on k.clinic_id = l.clinic_id and k.id = l.note_id
          left join clinic.note h on h.clinic_id = k.clinic_id and h.id = k.amends_id
          where l.clinic_id = ${clinicId}::uuid and l.condition_id = ${conditionId ?? null}::uuid and ${standsAs(sql`k`)}))
        and (${after ?? null}::uuid is null or (n.occurred_at, n.id) < (select f.occurred_at, f.id from clinic.note f where f.clinic_id = ${clinicId}::uuid and f.id = ${after ?? null}::uuid))
      order by n.occurred_at desc, n.id desc limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "note.listed",
        entity: "Note",
        entityIds: page.map(({ id }) => id),
        patientId,
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return {
      rows: page.map(({ answers, items, ...row }) => ({ ...row, excerpt: excerptOf(answers, items) })),
      after: rows.length > most ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

function excerptOf(answers: Answers, items: readonly QuestionnaireItem[]): string {
  const asked = items.map(({ linkId }) => linkId);
  // What has no section of its own says something too.
  const text = [...asked, ...Object.keys(answers).filter((one) => !asked.includes(one))]
    .map((linkId) => plainText(answers[linkId]))
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength).replace(/\s\S*$/, "")}…`;
}
