import { type Sql, sql } from "#server/db/sql.ts";

/**
 * The columns of a DocumentLine, of `d` (document), `t` (its text) and `p` (its patient), joined left.
 * @param withheld whether its words are left out: never in what is this person's own to file or to review, nor in a chart, which asks as a whole
 */
export const lineColumns = (withheld = sql`false`): Sql => sql`
  d.id, d.patient_id as "patientId", nullif(concat_ws(' ', p.given_name, p.family_name), '') as "patientName", p.birth_date::text as "birthDate",
  d.status, d.document_type as "documentType", ${withheld} as withheld,
  case when ${withheld} then '' else d.title end as title, case when ${withheld} then '' else d.file_name end as "fileName",
  d.dated_on::text as "datedOn", d.source_author as "sourceAuthor",
  d.media_type as "mediaType", d.size_bytes::float8 as "sizeBytes", t.pages, coalesce(t.state, 'waiting') as "textState",
  d.created_at as "receivedAt", coalesce((select m.display_name from identity.membership m where m.clinic_id = d.clinic_id and m.user_id = d.author_id limit 1), '') as "receivedBy",
  d.reviewer_id as "reviewerId", (select m.display_name from identity.membership m where m.clinic_id = d.clinic_id and m.user_id = d.reviewer_id limit 1) as reviewer,
  d.urgent, (select m.display_name from identity.membership m where m.clinic_id = d.clinic_id and m.user_id = d.reviewed_by limit 1) as "reviewedBy",
  d.reviewed_at as "reviewedAt", d.error_reason as "errorReason", d.replaced_by_id as "replacedById", d.version`;

/** Whom its words name (NamedPatient, or null), of those whom the reader may see: of `t` and of `w`, joined by `namedTables`. */
export const namedColumn: Sql = sql`
  case when w.id is not null then jsonb_build_object('id', w.id, 'name', concat_ws(' ', w.given_name, w.family_name), 'birthDate', w.birth_date,
    'because', t.named_because) end as named`;

export const namedTables = sql`
  left join clinic.patient w on w.clinic_id = d.clinic_id and w.id = t.named_patient_id and w.status <> 'entered-in-error'`;

export const lineTables = sql`
  clinic.document d
  left join clinic.document_text t on t.clinic_id = d.clinic_id and t.id = d.id
  left join clinic.patient p on p.clinic_id = d.clinic_id and p.id = d.patient_id`;
