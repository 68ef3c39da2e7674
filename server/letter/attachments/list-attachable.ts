import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { Answers } from "#server/note/rich-text-schema.ts";
import { stands } from "#server/note/stands.ts";
import { measuredCodes } from "#server/observation/measures.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import type { ValueRow } from "../say-value.ts";
import type { AttachableInput } from "../schema.ts";
import { attachableMedia } from "./read-attached.ts";

export interface Attachable {
  readonly documents: readonly {
    readonly id: string;
    readonly title: string;
    readonly on: string;
    readonly pages: number | null;
    /** False: of a kind that one PDF cannot hold. */
    readonly fits: boolean;
  }[];
  readonly notes: readonly {
    readonly id: string;
    readonly title: string;
    readonly on: string;
    readonly author: string;
    readonly items: readonly QuestionnaireItem[];
    readonly answers: Answers;
  }[];
  /** What was found, the latest first; and what was measured on the person, apart, so that it crowds out no result. */
  readonly values: readonly ValueRow[];
  readonly measures: readonly ValueRow[];
}

const most = 40;
const mostMeasures = 30;

/** What may be put behind a letter or into its text: the latest documents, notes and results of the chart, in one statement; no note that is for some only (read-attached.ts). */
export async function listAttachable(ctx: ClinicContext, { patientId }: AttachableInput): Promise<Attachable> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const zone = ctx.clinic.timeZone;
  return withStaff(ctx, async (db) => {
    const [row] = await db.$queryRaw<{ found: Attachable }[]>`
      select jsonb_build_object(
        'documents', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select d.id, d.title, d.dated_on::text as on, x.pages, d.media_type = any (${attachableMedia}::text[]) as fits
          from clinic.document d left join clinic.document_text x on x.clinic_id = d.clinic_id and x.id = d.id
          where d.clinic_id = ${clinicId}::uuid and d.patient_id = ${patientId}::uuid and d.status in ('filed', 'reviewed') and d.replaced_by_id is null
          order by d.dated_on desc, d.id desc limit ${most}) t),
        'notes', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select n.id, coalesce(nullif(n.title, ''), q.title) as title, (n.occurred_at at time zone ${zone})::date::text as on,
            coalesce(m.display_name, '') as author, q.items, n.answers
          from clinic.note n
          join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
          left join identity.membership m on m.clinic_id = n.clinic_id and m.user_id = n.signed_by
          where n.clinic_id = ${clinicId}::uuid and n.patient_id = ${patientId}::uuid and n.status in ('final', 'amended') and n.audience = '' and ${stands}
          order by n.occurred_at desc, n.id desc limit 15) t),
        'values', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select o.id, o.code, o.label, (o.effective_at at time zone ${zone})::date::text as on, trim_scale(o.value)::text as value, o.comparator, o.unit,
            o.value_text as text, trim_scale(o.low)::text as low, trim_scale(o.high)::text as high, o.body_position as position, o.panel_id as "panelId"
          from clinic.observation o
          where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final'
            and o.code <> all (${measuredCodes}::text[])
          order by o.effective_at desc, o.id desc limit ${most}) t),
        'measures', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select o.id, o.code, o.label, (o.effective_at at time zone ${zone})::date::text as on, trim_scale(o.value)::text as value, o.comparator, o.unit,
            o.value_text as text, trim_scale(o.low)::text as low, trim_scale(o.high)::text as high, o.body_position as position, o.panel_id as "panelId"
          from clinic.observation o
          where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final' and o.code = any (${measuredCodes}::text[])
          order by o.effective_at desc, o.code desc, o.id desc limit ${mostMeasures}) t)
      ) as found`;
    await recordRead(
      db,
      ctx,
      { event: "letter.attachable-read", entity: "Patient", entityIds: [patientId], patientId, ground: groundOf(ctx) },
      { refresh: true },
    );
    return row?.found ?? { documents: [], notes: [], values: [], measures: [] };
  });
}
