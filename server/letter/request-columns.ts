import { type Sql, sql } from "#server/db/sql.ts";

/**
 * `RequestView` of the row `s` of clinic.service_request, as jsonb; while its letter is written, as the draft `d` of it says.
 * @param today the clinic's day, `YYYY-MM-DD`
 * @param withheld whether the words of its steps and what answered it are left out, as they are to the front desk
 */
export const requestColumns = (
  today: string,
  withheld = sql`false`,
): Sql => sql`jsonb_build_object('id', s.id, 'letterId', s.letter_id, 'status', s.status,
  'specialty', coalesce(nullif(s.specialty, ''), d.content ->> 'specialty', ''), 'priority', coalesce(nullif(s.priority, ''), d.content ->> 'priority', ''),
  'recipient', coalesce(nullif(s.recipient, ''), d.content #>> '{recipient,name}', ''), 'expectedOn', s.expected_on,
  'late', s.status in ('signed', 'sent', 'booked', 'seen') and s.expected_on < ${today}::date,
  'steps', (select coalesce(jsonb_agg(jsonb_build_object('status', t.step ->> 'status', 'on', t.step ->> 'on', 'at', t.step ->> 'at', 'note', case when ${withheld} then '' else t.step ->> 'note' end,
      'by', coalesce((select w.display_name from identity.membership w where w.clinic_id = s.clinic_id and w.user_id = (t.step ->> 'by')::uuid), '')) order by t.nth), '[]')
    from jsonb_array_elements(s.steps) with ordinality t (step, nth)),
  'reportDocumentId', case when not ${withheld} then s.report_document_id end, 'version', s.version)`;
