import { sql } from "#server/db/sql.ts";

/**
 * Of `e` (chart_export): nothing was closed to whoever asked for it since it was asked for. A file is kept for days, and a wish that the patient
 * signed meanwhile holds for it as for the chart: another is made, without what is closed.
 */
export const isStillOpen = sql`not exists (
  select from clinic.restriction r
  join identity.membership m on m.clinic_id = r.clinic_id and m.user_id = e.author_id
  where r.clinic_id = e.clinic_id and r.patient_id = e.patient_id and r.ended_at is null and r.created_at > e.created_at
    and (r.user_id = e.author_id or r.role = m.role))`;
