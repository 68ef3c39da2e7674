import type { SystemContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import type { PosologyCard } from "#server/medication/schema.ts";
import type { Answers } from "#server/note/rich-text-schema.ts";
import type { Diagnosis } from "#server/note/schema.ts";
import type { BodyPosition } from "#server/observation/schema.ts";
import { formatNam } from "#server/patient/nam.ts";
import { namPlace } from "#server/patient/seal-nam.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import { type Found, querySummary } from "#server/summary/query-summary.ts";
import type { ChartOptions } from "./schema.ts";

/** What is read of a chart to put it on paper, under the policies of whoever asked: each piece in a statement of its own, none of them whole. */

export interface ChartHead {
  readonly clinicName: string;
  readonly clinicPhone: string;
  readonly timeZone: string;
  readonly by: string;
  readonly patient: {
    readonly name: string;
    readonly fileNumber: string;
    readonly birthDate: string | null;
    readonly sex: "female" | "male" | "other" | "unknown" | null;
    readonly birthName: string;
    readonly preferredName: string;
    readonly language: "fr" | "en";
    readonly deceasedOn: string | null;
    readonly nam: string;
    readonly doctor: string;
    readonly pharmacy: string;
    readonly contacts: readonly { readonly system: "phone" | "email" | "address"; readonly value: string }[];
    readonly related: readonly string[];
    readonly alerts: readonly string[];
  };
}

/** @throws NotFound when whoever asked may no longer see the patient */
export async function readHead(ctx: SystemContext, patientId: string, authorId: string): Promise<ChartHead> {
  const clinicId = ctx.clinicId ?? "";
  const key = await openClinicKey(clinicId);
  return withStaff(ctx, async (db) => {
    const [row] = await db.$queryRaw<
      (Omit<ChartHead, "patient"> & Omit<ChartHead["patient"], "nam"> & { namSealed: Uint8Array | null })[]
    >`
      select k.name as "clinicName", k.phone as "clinicPhone", k.time_zone as "timeZone",
        coalesce((select m.display_name from identity.membership m where m.clinic_id = p.clinic_id and m.user_id = ${authorId}::uuid limit 1), '') as by,
        p.given_name || ' ' || p.family_name as name, p.file_number as "fileNumber", p.birth_date::text as "birthDate", p.sex, p.birth_family_name as "birthName",
        p.preferred_name as "preferredName", case p.language when 'en' then 'en' else 'fr' end as language, p.deceased_on::text as "deceasedOn", p.nam_sealed as "namSealed",
        coalesce((select concat_ws(' ', d.given_name, d.family_name) from clinic.correspondent d where d.clinic_id = p.clinic_id and d.id = p.family_doctor_id), '') as doctor,
        coalesce((select d.name from clinic.correspondent d where d.clinic_id = p.clinic_id and d.id = p.pharmacy_id), '') as pharmacy,
        (select coalesce(jsonb_agg(jsonb_build_object('system', c.system, 'value', concat_ws(', ', c.value, nullif(c.city, ''), nullif(c.postal_code, ''))) order by c.system, c.id), '[]')
          from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.ended_at is null) as contacts,
        (select coalesce(jsonb_agg(r.given_name || ' ' || r.family_name order by r.id), '[]')
          from clinic.related_person r where r.clinic_id = p.clinic_id and r.patient_id = p.id and r.ended_at is null) as related,
        (select coalesce(jsonb_agg(a.text order by a.id), '[]')
          from clinic.patient_alert a where a.clinic_id = p.clinic_id and a.patient_id = p.id and a.ended_at is null and (a.until is null or a.until >= current_date)) as alerts
      from clinic.patient p join clinic.clinic k on k.clinic_id = p.clinic_id
      where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
    if (!row) throw notFound();
    const { clinicName, clinicPhone, timeZone, by, namSealed, ...patient } = row;
    const nam = namSealed ? formatNam(openText(key, namPlace(clinicId, patientId), namSealed)) : "";
    return { clinicName, clinicPhone, timeZone, by, patient: { ...patient, nam } };
  });
}

export interface Medicine extends PosologyCard {
  readonly id: string;
  readonly reason: string;
  readonly started: string;
  readonly stopped: string;
  readonly stopReason: string;
  readonly origin: "here" | "elsewhere";
  readonly status: "active" | "stopped";
}

/** The lists of a chart, which are short, in one go. */
export function readLists(
  ctx: SystemContext,
  patientId: string,
): Promise<{ summary: Found; medications: readonly Medicine[] }> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(ctx, async (db) => {
    const summary = await querySummary(db, clinicId, patientId);
    if (!summary) throw notFound();
    const medications = await db.medication.findMany({
      where: { clinicId, patientId, status: { in: ["active", "stopped"] } },
      orderBy: [{ status: "asc" }, { createdAt: "asc" }, { id: "asc" }],
      take: 1_000,
    });
    return { summary, medications: medications as unknown as Medicine[] };
  });
}

export interface ValueRow {
  readonly id: string;
  readonly at: Date;
  readonly code: string;
  readonly label: string;
  readonly value: string | null;
  readonly comparator: string;
  readonly unit: string;
  readonly text: string;
  readonly low: string | null;
  readonly high: string | null;
  readonly note: string;
  readonly position: BodyPosition;
}

interface Period {
  readonly from: string | null;
  readonly until: string | null;
  readonly timeZone: string;
}

/** The next values after `after`, the latest first. */
export function readValues(
  ctx: SystemContext,
  patientId: string,
  { from, until, timeZone }: Period,
  after: string | null,
  most: number,
): Promise<ValueRow[]> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(
    ctx,
    (db) => db.$queryRaw<ValueRow[]>`
      select o.id, o.effective_at as at, o.code, o.label, trim_scale(o.value)::text as value, o.comparator, o.unit, o.value_text as text,
        trim_scale(o.low)::text as low, trim_scale(o.high)::text as high, o.note, o.body_position as position
      from clinic.observation o
      where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final'
        and (${from}::date is null or o.effective_at >= ${from}::date::timestamp at time zone ${timeZone})
        and (${until}::date is null or o.effective_at < (${until}::date + 1)::timestamp at time zone ${timeZone})
        and (${after}::uuid is null or (o.effective_at, o.id) < (select f.effective_at, f.id from clinic.observation f where f.clinic_id = ${clinicId}::uuid and f.id = ${after}::uuid))
      order by o.effective_at desc, o.id desc limit ${most}`,
  );
}

export interface NoteRow {
  readonly id: string;
  readonly amendsId: string | null;
  readonly title: string;
  readonly items: readonly QuestionnaireItem[];
  readonly answers: Answers;
  readonly diagnoses: readonly Diagnosis[];
  readonly status: "preliminary" | "final" | "amended" | "entered-in-error";
  readonly relation: "addendum" | "correction" | null;
  readonly correctionReason: string | null;
  readonly occurredAt: Date;
  readonly late: boolean;
  readonly isPrivate: boolean;
  readonly author: string;
  readonly signedBy: string;
  readonly signedAt: Date | null;
  readonly cosigner: string;
  readonly cosignedAt: Date | null;
  readonly errorReason: string | null;
  readonly errorBy: string;
  readonly errorAt: Date | null;
  readonly reason: string;
}

/** The notes that come next, the first care first, each with its addenda and corrections behind it. */
export function readNotes(
  ctx: SystemContext,
  patientId: string,
  { from, until, timeZone, drafts, private: withPrivate }: Period & Pick<ChartOptions, "drafts" | "private">,
  after: string | null,
  most: number,
): Promise<{ notes: NoteRow[]; last: string | null }> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(ctx, async (db) => {
    const ids = await db.$queryRaw<{ id: string }[]>`
      select n.id from clinic.note n
      where n.clinic_id = ${clinicId}::uuid and n.patient_id = ${patientId}::uuid and n.amends_id is null and (n.signed_at is not null or (${drafts} and n.status = 'preliminary'))
        and (${withPrivate} or n.audience = '')
        and (${from}::date is null or n.occurred_at >= ${from}::date::timestamp at time zone ${timeZone})
        and (${until}::date is null or n.occurred_at < (${until}::date + 1)::timestamp at time zone ${timeZone})
        and (${after}::uuid is null or (n.occurred_at, n.id) > (select f.occurred_at, f.id from clinic.note f where f.clinic_id = ${clinicId}::uuid and f.id = ${after}::uuid))
      order by n.occurred_at, n.id limit ${most}`;
    if (ids.length === 0) return { notes: [], last: null };
    const notes = await notesOf(
      db,
      clinicId,
      ids.map(({ id }) => id),
      { drafts, withPrivate },
    );
    return { notes, last: ids.length < most ? null : (ids.at(-1)?.id ?? null) };
  });
}

function notesOf(
  db: Db,
  clinicId: string,
  ids: readonly string[],
  { drafts, withPrivate }: { drafts: boolean; withPrivate: boolean },
): Promise<NoteRow[]> {
  return db.$queryRaw<NoteRow[]>`
    select n.id, n.amends_id as "amendsId", coalesce(nullif(case when n.signed_at is null then d.title else n.title end, ''), q.title) as title, q.items,
      case when n.signed_at is null then coalesce(d.answers, n.answers) else n.answers end as answers,
      case when n.signed_at is null then coalesce(d.diagnoses, n.diagnoses) else n.diagnoses end as diagnoses,
      n.status, n.relation, n.correction_reason as "correctionReason", n.occurred_at as "occurredAt", n.late, n.audience <> '' as "isPrivate", coalesce(a.display_name, '') as author,
      coalesce(s.display_name, '') as "signedBy", n.signed_at as "signedAt", coalesce(c.display_name, '') as cosigner, n.cosigned_at as "cosignedAt",
      n.error_reason as "errorReason", coalesce(r.display_name, '') as "errorBy", n.error_at as "errorAt", e.reason
    from clinic.note n
    left join clinic.note head on head.clinic_id = n.clinic_id and head.id = case when n.relation = 'correction' then n.amends_id else n.id end
    join clinic.note top on top.clinic_id = n.clinic_id and top.id = coalesce(head.amends_id, n.amends_id, n.id)
    join clinic.encounter e on e.clinic_id = n.clinic_id and e.id = n.encounter_id
    join clinic.questionnaire_version q on q.clinic_id = n.clinic_id and q.questionnaire_id = n.questionnaire_id and q.number = n.questionnaire_number
    left join clinic.note_draft d on d.clinic_id = n.clinic_id and d.note_id = n.id and d.closed_at is null
    left join identity.membership a on a.clinic_id = n.clinic_id and a.user_id = n.author_id
    left join identity.membership s on s.clinic_id = n.clinic_id and s.user_id = n.signed_by
    left join identity.membership c on c.clinic_id = n.clinic_id and c.user_id = n.cosigner_id
    left join identity.membership r on r.clinic_id = n.clinic_id and r.user_id = n.error_by
    where n.clinic_id = ${clinicId}::uuid and (n.id = any (${ids}::uuid[]) or n.amends_id = any (${ids}::uuid[])
        or n.amends_id in (select t.id from clinic.note t where t.clinic_id = ${clinicId}::uuid and t.amends_id = any (${ids}::uuid[]) and t.relation = 'addendum'))
      and (n.signed_at is not null or (${drafts} and n.status = 'preliminary')) and (${withPrivate} or n.audience = '')
    order by top.occurred_at, top.id, head.amends_id is not null, head.created_at, head.id, n.amends_id is not null, n.created_at, n.id`;
}

export interface DocumentRow {
  readonly id: string;
  readonly title: string;
  readonly datedOn: string;
  readonly sourceAuthor: string;
  readonly documentType: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly fileId: string;
  readonly objectKey: string;
  /** A corrected letter took its place. */
  readonly replaced: boolean;
}

/** What stands in the chart, the oldest first; at most 2 000. */
export function readDocuments(
  ctx: SystemContext,
  patientId: string,
  { from, until }: Pick<Period, "from" | "until">,
): Promise<DocumentRow[]> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(
    ctx,
    (db) => db.$queryRaw<DocumentRow[]>`
      select d.id, d.title, d.dated_on::text as "datedOn", d.source_author as "sourceAuthor", d.document_type as "documentType", d.media_type as "mediaType",
        d.size_bytes::float8 as "sizeBytes", f.id as "fileId", f.object_key as "objectKey", d.replaced_by_id is not null as replaced
      from clinic.document d join clinic.stored_file f on f.clinic_id = d.clinic_id and f.id = d.file_id
      where d.clinic_id = ${clinicId}::uuid and d.patient_id = ${patientId}::uuid and d.status in ('filed', 'reviewed')
        and (${from}::date is null or d.dated_on >= ${from}::date) and (${until}::date is null or d.dated_on <= ${until}::date)
      order by d.dated_on, d.id limit 2000`,
  );
}

/** How much there is, to say how far the work is. */
export async function countWork(ctx: SystemContext, patientId: string): Promise<{ values: number; notes: number }> {
  const clinicId = ctx.clinicId ?? "";
  const [row] = await withStaff(
    ctx,
    (db) => db.$queryRaw<{ values: number; notes: number }[]>`
      select (select count(*)::int from clinic.observation o where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final') as values,
        (select count(*)::int from clinic.note n where n.clinic_id = ${clinicId}::uuid and n.patient_id = ${patientId}::uuid and n.amends_id is null) as notes`,
  );
  return row ?? { values: 0, notes: 0 };
}
