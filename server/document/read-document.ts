import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { lineColumns, lineTables, namedColumn, namedTables } from "./line-columns.ts";
import type { DocumentLine, NamedPatient } from "./record.ts";

export interface DocumentNote {
  readonly id: string;
  readonly kind: "signed" | "addressed";
  readonly by: string;
  readonly to: string | null;
  readonly comment: string;
  readonly at: string;
}

export interface DocumentView extends DocumentLine {
  /** What was said of it when it was signed off or sent on, the oldest first; nothing of it is shown to the front desk. */
  readonly notes: readonly DocumentNote[];
  /** Whom its words name: somebody else than whose chart it is in when it was filed in the wrong one. */
  readonly named: NamedPatient | null;
  /** The reader reviewed it, and nobody is asked to since: to sign again is to say something more. */
  readonly reviewedByReader: boolean;
  readonly filedBy: string | null;
  readonly filedAt: Date | null;
  /** The words of an Office file, which a browser does not show by itself; null for what has pages or a picture to look at. */
  readonly text: string | null;
}

/** One document, opened: who sees it is journaled. @throws NotFound */
export async function readDocument(ctx: ClinicContext, { id }: { id: string }): Promise<DocumentView> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const [document] = await db.$queryRaw<DocumentView[]>`
      select ${lineColumns()}, ${namedColumn}, (select m.display_name from identity.membership m where m.clinic_id = d.clinic_id and m.user_id = d.handled_by limit 1) as "filedBy",
        d.handled_at as "filedAt",
        (d.status = 'reviewed' and d.reviewer_id is null and exists (select from clinic.document_note n where n.clinic_id = d.clinic_id
          and n.document_id = d.id and n.patient_id = d.patient_id and n.kind = 'signed' and n.author_id = ${ctx.user.id}::uuid)) as "reviewedByReader",
        case when d.media_type <> 'application/pdf' and d.media_type not like 'image/%' then t.content end as text,
        (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'comment', n.comment, 'at', n.created_at,
            'by', coalesce((select m.display_name from identity.membership m where m.clinic_id = n.clinic_id and m.user_id = n.author_id limit 1), ''),
            'to', (select m.display_name from identity.membership m where m.clinic_id = n.clinic_id and m.user_id = n.reviewer_id limit 1)) order by n.created_at, n.id), '[]')
          from clinic.document_note n where n.clinic_id = d.clinic_id and n.document_id = d.id and n.patient_id = d.patient_id) as notes
      from ${lineTables} ${namedTables}
      where d.clinic_id = ${clinicId}::uuid and d.id = ${id}::uuid`;
    if (!document) throw notFound();
    await recordRead(
      db,
      ctx,
      {
        event: "document.opened",
        entity: "Document",
        entityIds: [id],
        ...(document.patientId && { patientId: document.patientId }),
        ground: groundOf(ctx),
      },
      { refresh: true },
    );
    return document;
  });
}
