import { mayCorrect, mayDeclareError, type SignedText } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { LetterView } from "./record.ts";
import type { ReadLetterInput } from "./schema.ts";

type Row = Omit<LetterView, "mayCorrect" | "mayDeclareError"> & { readonly whose: SignedText };

/** One letter: the text while it is written, what was signed afterwards. One statement. @throws NotFound */
export async function readLetter(ctx: ClinicContext, { id, refresh }: ReadLetterInput): Promise<LetterView> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    const [row] = await db.$queryRaw<Row[]>`
      select l.id, l.patient_id as "patientId", l.kind, l.status,
        case when v.title is null then null else jsonb_build_object('title', v.title, 'number', v.number) end as template,
        case when l.signed_at is null then d.content else l.content end as content, d.revision, d.saved_at as "savedAt", d.saved_by = ${me}::uuid as "savedByMe",
        coalesce(m.display_name, '') as author, jsonb_build_object('authorId', l.author_id, 'signedBy', l.signed_by) as whose, l.signed_at as "signedAt", l.document_id as "documentId",
        case when c.id is null then null else jsonb_build_object('id', c.id, 'signedAt', c.signed_at) end as corrects, l.error_reason as "errorReason",
        case when l.status = 'replaced' then (select n.id from clinic.letter n where n.clinic_id = l.clinic_id and n.corrects_id = l.id and n.signed_at is not null limit 1) end as "replacedBy", l.version
      from clinic.letter l
      join clinic.letter_draft d on d.clinic_id = l.clinic_id and d.letter_id = l.id
      left join clinic.letter_template_version v on v.clinic_id = l.clinic_id and v.template_id = l.template_id and v.number = l.template_number
      left join clinic.letter c on c.clinic_id = l.clinic_id and c.id = l.corrects_id
      left join identity.membership m on m.clinic_id = l.clinic_id and m.user_id = coalesce(l.signed_by, l.author_id)
      where l.clinic_id = ${clinicId}::uuid and l.id = ${id}::uuid`;
    if (!row) throw notFound();
    const { patientId } = row;
    await recordRead(
      db,
      ctx,
      { event: "letter.read", entity: "Letter", entityIds: [id], patientId, ground: groundOf(ctx) },
      { refresh },
    );
    const { whose, ...letter } = row;
    return { ...letter, mayCorrect: mayCorrect(ctx, whose), mayDeclareError: mayDeclareError(ctx, whose) };
  });
}
