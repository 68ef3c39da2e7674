import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";
import type { Answers } from "#server/note/rich-text-schema.ts";
import { stands } from "#server/note/stands.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import type { ValueRow } from "../say-value.ts";
import type { LetterContent } from "../schema.ts";

/** What is put behind a letter, in its order. */
export type AttachedItem =
  | {
      readonly kind: "document";
      readonly title: string;
      readonly mediaType: string;
      readonly sizeBytes: number;
      readonly file: { readonly id: string; readonly objectKey: string };
    }
  | { readonly kind: "note"; readonly title: string; readonly note: AttachedNote }
  | { readonly kind: "results"; readonly title: string; readonly values: readonly ValueRow[] };

export interface AttachedNote {
  readonly items: readonly QuestionnaireItem[];
  readonly answers: Answers;
  readonly diagnoses: readonly { text: string; code: string }[];
  /** `YYYY-MM-DD` */
  readonly on: string;
  readonly signedBy: string;
}

/** The files that can be put behind a letter in one PDF. */
export const attachableMedia = ["application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff"];
/** Of all that is attached to one letter. */
export const mostAttachedBytes = 40 * 1024 * 1024;

/**
 * Under this person's own policies: what they may not read they cannot send. Of a note that was corrected, what holds alone is sent: what holds for this person, though a correction that is closed to them replaced it. A note that is for some only is put behind no letter: the letter becomes
 * a document of the chart, which whoever gives care reads.
 * @throws Invalid `letter.attachmentGone`
 */
export async function readAttached(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  { attachments }: LetterContent,
): Promise<AttachedItem[]> {
  const items: AttachedItem[] = [];
  for (const { kind, ids, title } of attachments) {
    const [first = ""] = ids;
    const read = { document: readDocument, note: readNote, results: readResults }[kind];
    const item = await read(db, ctx, patientId, kind === "results" ? ids : [first], title);
    if (!item) throw invalid("letter.attachmentGone", { attachments: "letter.attachmentGone" });
    items.push(item);
  }
  return items;
}

type Reader = (
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  ids: readonly string[],
  title: string,
) => Promise<AttachedItem | null>;

const readDocument: Reader = async (db, ctx, patientId, [id = ""], title) => {
  const document = await db.document.findFirst({
    where: { clinicId: ctx.clinic.id, id, patientId, status: { in: ["filed", "reviewed"] }, replacedById: null },
    select: { mediaType: true, sizeBytes: true, fileRef: { select: { id: true, objectKey: true } } },
  });
  if (!document || !attachableMedia.includes(document.mediaType)) return null;
  const { mediaType, sizeBytes, fileRef } = document;
  return { kind: "document", title, mediaType, sizeBytes: Number(sizeBytes), file: fileRef };
};

const readNote: Reader = async (db, ctx, patientId, [id = ""], title) => {
  const [note] = await db.$queryRaw<AttachedNote[]>`
    select q.items, n.answers, n.diagnoses, (n.occurred_at at time zone ${ctx.clinic.timeZone})::date::text as on, coalesce(m.display_name, '') as "signedBy"
    from clinic.note n
    join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
    left join identity.membership m on m.clinic_id = n.clinic_id and m.user_id = n.signed_by
    where n.clinic_id = ${ctx.clinic.id}::uuid and n.id = ${id}::uuid and n.patient_id = ${patientId}::uuid and n.status in ('final', 'amended')
      and n.audience = '' and ${stands}`;
  return note ? { kind: "note", title, note } : null;
};

const readResults: Reader = async (db, ctx, patientId, ids, title) => {
  const values = await db.$queryRaw<ValueRow[]>`
    select o.id, o.code, o.label, (o.effective_at at time zone ${ctx.clinic.timeZone})::date::text as on, trim_scale(o.value)::text as value, o.comparator,
      o.unit, o.value_text as text, trim_scale(o.low)::text as low, trim_scale(o.high)::text as high, o.body_position as position, o.panel_id as "panelId"
    from clinic.observation o
    where o.clinic_id = ${ctx.clinic.id}::uuid and o.id = any (${[...ids]}::uuid[]) and o.patient_id = ${patientId}::uuid and o.status = 'final'
    order by o.effective_at desc, o.code, o.id`;
  return values.length === new Set(ids).size ? { kind: "results", title, values } : null;
};
