import type { Db } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { standsAs } from "#server/note/stands.ts";
import type { ObservationView } from "#server/observation/record.ts";
import type { Sex } from "#server/patient/schema.ts";
import type { AllergyView, ConditionView, HistoryView, ImmunizationView } from "./record.ts";

export interface Found {
  readonly birthDate: string | null;
  readonly sex: Sex | null;
  readonly conditions: readonly ConditionView[];
  readonly allergies: readonly AllergyView[];
  readonly history: readonly HistoryView[];
  readonly immunizations: readonly ImmunizationView[];
  readonly values: readonly (ObservationView & {
    reportId: string | null;
    line: readonly { at: Date; value: string }[];
  })[];
}

/** A list of one kind that a screen shows whole; longer ones are a mistake of an import, and their end is not shown. */
const mostEntries = 200;
const mostSeries = 80;
const lineLength = 12;

/**
 * The whole summary in one statement. The series that there are come from the index, each found as the next one after the last (a
 * « loose » walk, from the empty word on, so that no plan reads them all to find the first): values that are never shown are never read. undefined for nobody.
 */
export async function querySummary(db: Db, clinicId: string, patientId: string): Promise<Found | undefined> {
  const [found] = await db.$queryRaw<[{ found: Raw }] | []>`
    with recursive series as (
      select ''::text collate "C" as code, 0 as n
      union all
      select next.code, s.n + 1 from series s cross join lateral (
        select o.code from clinic.observation o
        where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final' and o.code > s.code
        order by o.code limit 1
      ) next
      where s.n < ${mostSeries}
    )
    select jsonb_build_object(
      'birthDate', p.birth_date,
      'sex', p.sex,
      'conditions', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
        select e.id, e.version, coalesce(m.display_name, '') as by, e.created_at as "writtenAt", e.code_system as "codeSystem", e.code,
          e.code_version as "codeVersion", e.label, e.onset, e.abatement, e.note, e.status,
          (select count(distinct coalesce(h.amends_id, k.amends_id, k.id)) from clinic.note_condition l
            join clinic.note k on k.clinic_id = l.clinic_id and k.id = l.note_id
            left join clinic.note h on h.clinic_id = k.clinic_id and h.id = k.amends_id
            where l.clinic_id = e.clinic_id and l.condition_id = e.id and ${standsAs(sql`k`)}) as notes
        from clinic.condition e left join identity.membership m on m.clinic_id = e.clinic_id and m.user_id = e.author_id
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status in ('active', 'resolved')
        order by e.status, e.rank, e.created_at, e.id limit ${mostEntries}) t),
      'allergies', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
        select e.id, e.version, coalesce(m.display_name, '') as by, e.created_at as "writtenAt", e.code_system as "codeSystem", e.code,
          e.code_version as "codeVersion", e.kind, e.substance, e.reaction, e.severity, e.certainty, e.onset, e.note, e.status
        from clinic.allergy_intolerance e left join identity.membership m on m.clinic_id = e.clinic_id and m.user_id = e.author_id
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status in ('active', 'resolved')
        order by e.status, e.certainty = 'refuted', e.kind, e.severity <> 'severe', e.created_at, e.id limit ${mostEntries}) t),
      'history', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
        select e.id, e.version, coalesce(m.display_name, '') as by, e.created_at as "writtenAt", e.kind, e.relation, e.label, e.occurred, e.at_age as "atAge", e.note,
          e.status
        from clinic.history_entry e left join identity.membership m on m.clinic_id = e.clinic_id and m.user_id = e.author_id
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status in ('active', 'ended')
        order by e.status, e.occurred, e.created_at, e.id limit ${mostEntries}) t),
      'immunizations', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
        select e.id, e.version, coalesce(m.display_name, '') as by, e.created_at as "writtenAt", e.code_system as "codeSystem", e.code,
          e.code_version as "codeVersion", e.vaccine, e.product, e.occurred, e.lot, e.expires_on as "expiresOn", e.site, e.route, e.dose,
          e.dose_number as "doseNumber", e.origin, e.not_done_reason as "notDoneReason", e.note, e.status
        from clinic.immunization e left join identity.membership m on m.clinic_id = e.clinic_id and m.user_id = e.author_id
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status in ('completed', 'not-done')
        order by e.occurred desc, e.created_at desc, e.id limit ${mostEntries}) t),
      'values', (select coalesce(jsonb_agg(last.one || jsonb_build_object('line', last.line, 'reportId', (
          select d.id from clinic.document d
          where d.clinic_id = p.clinic_id and d.id = (last.one ->> 'reportId')::uuid and d.patient_id = p.id and d.status in ('filed', 'reviewed')))), '[]') from series s
        cross join lateral (
          select (array_agg(to_jsonb(t) order by t.at desc, t.id desc))[1] as one,
            coalesce(jsonb_agg(jsonb_build_object('at', t.at, 'value', t.value) order by t.at, t.id) filter (where t.value is not null), '[]') as line
          from (
            select o.id, o.code, o.label, o.effective_at as at, trim_scale(o.value)::text as value, o.comparator, o.unit, o.value_text as text,
              trim_scale(o.low)::text as low, trim_scale(o.high)::text as high, o.entered, o.body_position as position, o.note, o.panel_id as "panelId", o.report_id as "reportId", o.version
            from clinic.observation o
            where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final' and o.code = s.code
            order by o.effective_at desc, o.id desc limit ${lineLength}
          ) t
        ) last where s.code <> '')
    ) as found
    from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
  return found && revive(found.found);
}

type Text<T> = Omit<T, "at" | "writtenAt" | "line">;
interface Raw {
  readonly birthDate: string | null;
  readonly sex: Sex | null;
  readonly conditions: readonly (Text<ConditionView> & { writtenAt: string })[];
  readonly allergies: readonly (Text<AllergyView> & { writtenAt: string })[];
  readonly history: readonly (Text<HistoryView> & { writtenAt: string })[];
  readonly immunizations: readonly (Text<ImmunizationView> & { writtenAt: string })[];
  readonly values: readonly (Text<ObservationView> & {
    at: string;
    reportId: string | null;
    line: readonly { at: string; value: string }[];
  })[];
}

function revive({ birthDate, sex, conditions, allergies, history, immunizations, values }: Raw): Found {
  const written = <T extends { writtenAt: string }>(one: T) => ({ ...one, writtenAt: new Date(one.writtenAt) });
  return {
    birthDate,
    sex,
    conditions: conditions.map(written),
    allergies: allergies.map(written),
    history: history.map(written),
    immunizations: immunizations.map(written),
    values: values.map((one) => ({
      ...one,
      at: new Date(one.at),
      line: one.line.map(({ at, value }) => ({ at: new Date(at), value })),
    })),
  };
}
