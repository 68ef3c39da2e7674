import { mayCorrect, mayDeclareError, type SignedText } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import { type Audience, type NoteRelation, type NoteStatus, readAudience } from "./record.ts";
import type { Answers } from "./rich-text-schema.ts";
import type { Diagnosis, ReadNoteInput } from "./schema.ts";
import { stands, statusTold, versionTold } from "./stands.ts";

/** A signed note, or one that was declared an error, with what came after it. Instants are ISO 8601. */
export interface NoteView {
  readonly id: string;
  readonly patientId: string;
  readonly title: string;
  readonly template: string;
  readonly number: number;
  readonly items: readonly QuestionnaireItem[];
  readonly answers: Answers;
  readonly diagnoses: readonly Diagnosis[];
  readonly status: NoteStatus;
  readonly relation: NoteRelation | null;
  /** What it is a version of: its own id, or that of the note or of the addendum that it corrects. */
  readonly versionOf: string;
  /** Of its versions, the last that was signed, among those that this person may read. */
  readonly stands: boolean;
  /** Of a correction: why. Null for one of before it was asked. */
  readonly correctionReason: string | null;
  readonly occurredAt: string;
  /** The visit that it is of. */
  readonly visitAt: string | null;
  readonly begunAt: string;
  readonly late: boolean;
  readonly author: string;
  readonly signedBy: string;
  readonly signedAt: string | null;
  /** SHA-256 of what was signed, in hexadecimal. */
  readonly hash: string | null;
  readonly cosigner: string | null;
  readonly cosignedAt: string | null;
  readonly mayCosign: boolean;
  /** This person wrote it. */
  readonly mine: boolean;
  /** Of what stands: this person wrote, signed or answers for it, or for what it corrects. */
  readonly mayCorrect: boolean;
  readonly mayDeclareError: boolean;
  readonly errorReason: string | null;
  readonly errorBy: string | null;
  readonly errorAt: string | null;
  readonly audience: Audience;
  readonly reason: string;
  /** For the optimistic lock; a correction that is hidden from this person is not counted in it. */
  readonly version: number;
}

type Row = Omit<NoteView, "audience" | "mayCorrect" | "mayDeclareError"> & {
  readonly audience: string;
  readonly whose: SignedText;
};

/**
 * One note with its addenda and the corrections of each, oldest first, in one statement. Asked by an addendum's or a correction's id, it is the note
 * that they amend. What is being written is not shown here but to say that it exists. @throws NotFound
 */
export async function readNote(ctx: ClinicContext, { id, refresh }: ReadNoteInput): Promise<readonly NoteView[]> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<Row[]>`
      with top as materialized (
        select coalesce(h.amends_id, t.amends_id, t.id) as id from clinic.note t left join clinic.note h on h.clinic_id = t.clinic_id and h.id = t.amends_id
        where t.clinic_id = ${clinicId}::uuid and t.id = ${id}::uuid
      ), asked as materialized (
        select id from top
        union all select k.id from top join clinic.note k on k.clinic_id = ${clinicId}::uuid and k.amends_id = top.id
        union all select k.id from top join clinic.note d on d.clinic_id = ${clinicId}::uuid and d.amends_id = top.id and d.relation = 'addendum'
          join clinic.note k on k.clinic_id = d.clinic_id and k.amends_id = d.id
      )
      select n.id, case when n.relation = 'correction' then n.amends_id else n.id end as "versionOf", ${stands} as stands, n.patient_id as "patientId", n.title, q.title as template, q.number, q.items, n.answers, n.diagnoses,
        ${statusTold} as status, n.relation, n.correction_reason as "correctionReason", n.occurred_at as "occurredAt", v.starts_at as "visitAt", n.created_at as "begunAt", n.late, coalesce(a.display_name, '') as author, coalesce(s.display_name, '') as "signedBy",
        n.signed_at as "signedAt", encode(n.content_hash, 'hex') as hash, c.display_name as cosigner, n.cosigned_at as "cosignedAt",
        coalesce(n.cosigner_id = ${me}::uuid and n.cosigned_at is null and ${stands}, false) as "mayCosign",
        coalesce(n.author_id = ${me}::uuid, false) as mine,
        jsonb_build_object('authorId', n.author_id, 'signedBy', n.signed_by, 'cosignerId', n.cosigner_id) as whose, n.error_reason as "errorReason", r.display_name as "errorBy", n.error_at as "errorAt", n.audience,
        e.reason, ${versionTold} as version
      from asked
      join clinic.note n on n.clinic_id = ${clinicId}::uuid and n.id = asked.id
      join clinic.encounter e on e.clinic_id = n.clinic_id and e.id = n.encounter_id
      join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
      left join clinic.appointment p on p.clinic_id = e.clinic_id and p.id = e.appointment_id
      left join clinic.sitting v on v.clinic_id = p.clinic_id and v.id = p.sitting_id
      left join identity.membership a on a.clinic_id = n.clinic_id and a.user_id = n.author_id
      left join identity.membership s on s.clinic_id = n.clinic_id and s.user_id = n.signed_by
      left join identity.membership c on c.clinic_id = n.clinic_id and c.user_id = n.cosigner_id
      left join identity.membership r on r.clinic_id = n.clinic_id and r.user_id = n.error_by
      order by n.amends_id is not null, n.created_at, n.id`;
    const [first] = rows;
    if (!first) throw notFound();
    await recordRead(
      db,
      ctx,
      {
        event: "note.read",
        entity: "Note",
        entityIds: rows.map((row) => row.id),
        patientId: first.patientId,
        ground: groundOf(ctx),
      },
      { refresh },
    );
    const find = (one: string) => rows.find((row) => row.id === one);
    return rows.map(({ audience, whose, ...row }) => {
      const head = find(row.versionOf);
      const own = [whose, ...(head ? [head.whose] : [])].some((one) => mayCorrect(ctx, one));
      return {
        ...row,
        audience: readAudience(audience),
        mayCorrect: row.stands && own,
        mayDeclareError: mayDeclareError(ctx, whose) && isDeclared(row, head),
      };
    });
  });
}

/** A correction that was signed is an error with what it corrects, and not by itself. */
const isDeclared = ({ relation, signedAt }: Pick<Row, "relation" | "signedAt">, head: Row | undefined) =>
  relation !== "correction" || signedAt === null || head?.status === "entered-in-error";
