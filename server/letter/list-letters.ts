import { requirePermission } from "#server/access/require-permission.ts";
import { readOf } from "#server/audit/read-of.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import type { LetterLine } from "./record.ts";
import { requestColumns } from "./request-columns.ts";
import type { LetterKind, LettersToInput, ListLettersInput } from "./schema.ts";

/** A chart's letters and requests with where each stands, the latest begun first, a page at a time: one statement. */
export async function listLetters(
  ctx: ClinicContext,
  { patientId, after, most, refresh }: ListLettersInput,
): Promise<{ rows: LetterLine[]; after: string | null }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  const today = todayIn(ctx.clinic.timeZone);
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<LetterLine[]>`
      select l.id, l.kind, l.status, coalesce(l.content ->> 'subject', d.content ->> 'subject', '') as subject,
        coalesce(l.content #>> '{recipient,name}', d.content #>> '{recipient,name}', '') as recipient, l.correspondent_id as "correspondentId",
        coalesce(l.signed_at, d.saved_at) as at,
        coalesce(m.display_name, '') as author, l.author_id = ${me}::uuid as mine, l.document_id as "documentId", l.corrects_id as "correctsId",
        l.error_reason as "errorReason", case when s.id is null then null else ${requestColumns(today)} end as request, l.version
      from clinic.letter l
      join clinic.letter_draft d on d.clinic_id = l.clinic_id and d.letter_id = l.id
      left join clinic.service_request s on s.clinic_id = l.clinic_id and s.letter_id = l.id
      left join identity.membership m on m.clinic_id = l.clinic_id and m.user_id = coalesce(l.signed_by, l.author_id)
      where l.clinic_id = ${clinicId}::uuid and l.patient_id = ${patientId}::uuid and l.status in ('draft', 'signed', 'replaced', 'entered-in-error')
        and (${after ?? null}::uuid is null or l.id < ${after ?? null}::uuid)
      order by l.id desc limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "letter.listed",
        entity: "Letter",
        entityIds: page.map(({ id }) => id),
        patientId,
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}

/** One letter to a line of the directory. */
export interface LetterTo {
  readonly id: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly kind: LetterKind;
  /** The reader has no ground to open this chart and did not sign it: the subject is left out. */
  readonly withheld: boolean;
  readonly subject: string;
  readonly signedAt: Date;
  readonly documentId: string;
}

/** The letters signed to one correspondent, the latest first. Who they are about is journaled as one event. */
export async function lettersTo(
  ctx: ClinicContext,
  { correspondentId, after, most }: LettersToInput,
): Promise<{ rows: LetterTo[]; after: string | null }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<LetterTo[]>`
      select l.id, l.patient_id as "patientId", concat_ws(' ', p.given_name, p.family_name) as "patientName", l.kind, g.lacks as withheld,
        case when g.lacks then '' else l.content ->> 'subject' end as subject,
        l.signed_at as "signedAt", l.document_id as "documentId"
      from clinic.letter l join clinic.patient p on p.clinic_id = l.clinic_id and p.id = l.patient_id
      cross join lateral (select l.author_id <> ${ctx.user.id}::uuid and clinic.lacks_ground(l.patient_id) as lacks offset 0) g
      where l.clinic_id = ${clinicId}::uuid and l.correspondent_id = ${correspondentId}::uuid and l.status = 'signed'
        and (${after ?? null}::uuid is null or l.id < ${after ?? null}::uuid)
      order by l.id desc limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "letter.listed",
        entity: "Letter",
        ...readOf(page),
        ground: groundOf(ctx),
      },
      { refresh: false },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}
