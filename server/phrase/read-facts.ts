import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { notFound } from "#server/errors.ts";
import { standsAs } from "#server/note/stands.ts";
import { recordFactsColumn } from "./read-record-facts.ts";
import type { PatientFacts } from "./variables.ts";

/** What the chart knows for the variables, in one statement, as far as this person may read. @throws NotFound */
export async function readFacts(db: Db, ctx: ClinicContext, patientId: string): Promise<PatientFacts> {
  const clinicId = ctx.clinic.id;
  const [facts] = await db.$queryRaw<PatientFacts[]>`
    select p.given_name as "givenName", p.family_name as "familyName", p.preferred_name as "preferredName", p.birth_date::text as "birthDate",
      p.gender, v.starts_at as "nextVisitAt", v.service as "nextVisitService",
      (n.occurred_at at time zone ${ctx.clinic.timeZone})::date::text as "lastNoteOn", n.title as "lastNoteTitle", n.plan as "lastPlan",
      ${recordFactsColumn(ctx.clinic.timeZone)} as record
    from clinic.patient p
    left join lateral (
      select s.starts_at, h.name as service from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      left join clinic.healthcare_service h on h.clinic_id = s.clinic_id and h.id = s.service_id
      where a.clinic_id = p.clinic_id and a.patient_id = p.id and a.status = 'booked' and s.starts_at > now()
      order by s.starts_at limit 1
    ) v on true
    left join lateral (
      select t.occurred_at, coalesce(nullif(t.title, ''), q.title) as title,
        case jsonb_typeof(t.answers -> 'plan') when 'array' then t.answers -> 'plan' end as plan
      from clinic.note t
      join clinic.questionnaire_version q on q.clinic_id = t.clinic_id and q.questionnaire_id = t.questionnaire_id and q.number = t.questionnaire_number
      left join clinic.note h on h.clinic_id = t.clinic_id and h.id = t.amends_id
      where t.clinic_id = p.clinic_id and t.patient_id = p.id and ${standsAs(sql`t`)} and t.relation is distinct from 'addendum' and h.relation is distinct from 'addendum'
      order by t.occurred_at desc, t.id desc limit 1
    ) n on true
    where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
  if (!facts) throw notFound();
  return facts;
}
