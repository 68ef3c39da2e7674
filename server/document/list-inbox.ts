import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { lineColumns, lineTables, namedColumn, namedTables } from "./line-columns.ts";
import type { DocumentLine, NamedPatient } from "./record.ts";
import type { DocumentType, InboxInput } from "./schema.ts";

export interface InboxLine extends DocumentLine {
  /** What the program proposes, of what this person may see. A person confirms. */
  readonly proposed: {
    readonly patientId: string | null;
    readonly patientName: string | null;
    readonly birthDate: string | null;
    readonly fileNumber: string | null;
    readonly because: "chart" | "nam" | "birth-date" | "name" | null;
    readonly type: DocumentType | "";
    /** `YYYY-MM-DD` */
    readonly on: string | null;
    readonly author: string;
    readonly title: string;
    readonly reviewerId: string | null;
  };
  /** Whom its words name, whatever chart it was dropped on. */
  readonly named: NamedPatient | null;
  /** Why it came back from a chart. */
  readonly note: string;
}

/** What waits to be filed, the oldest first; or what this person filed and put aside, the latest first. One statement. */
export async function listInbox(
  ctx: ClinicContext,
  { which, cursor, most, refresh }: InboxInput,
): Promise<{ rows: InboxLine[]; after: string | null }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const from = cursor ?? null;
  const those =
    which === "unfiled"
      ? sql`d.status = 'received' and (${from}::uuid is null or (d.created_at, d.id) > (select f.created_at, f.id from clinic.document f where f.clinic_id = ${clinicId}::uuid and f.id = ${from}::uuid))
        order by d.created_at, d.id`
      : sql`d.handled_by = ${ctx.user.id}::uuid and (${from}::uuid is null or (d.dated_on, d.id) < (select f.dated_on, f.id from clinic.document f where f.clinic_id = ${clinicId}::uuid and f.id = ${from}::uuid))
        order by d.dated_on desc, d.id desc`;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<InboxLine[]>`
      select ${lineColumns()}, d.error_note as note, ${namedColumn},
        jsonb_build_object('patientId', q.id, 'patientName', nullif(concat_ws(' ', q.given_name, q.family_name), ''), 'birthDate', q.birth_date, 'fileNumber', q.file_number,
          'because', case when q.id is not null then t.proposed_because end, 'type', coalesce(t.proposed_type, ''), 'on', t.proposed_on,
          'author', coalesce(t.proposed_author, ''), 'title', coalesce(t.proposed_title, ''), 'reviewerId', t.proposed_reviewer_id) as proposed
      from ${lineTables}
      left join clinic.patient q on q.clinic_id = d.clinic_id and q.id = t.proposed_patient_id
      ${namedTables}
      where d.clinic_id = ${clinicId}::uuid and ${those} limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "document.inbox-read",
        entity: "Document",
        entityIds: page.map(({ id }) => id),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}
