import { type Sql, sql } from "#server/db/sql.ts";
import { measures } from "#server/observation/measures.ts";
import { namedMeasures } from "./record-variables.ts";

const vital = measures.filter(({ group }) => group !== "laboratory").map(({ key }) => key);
/** The last values that are looked through for results: those of a few visits to the laboratory. */
const looked = 150;
const mostResults = 12;
const mostLines = 40;

/**
 * The record as the variables need it: a column of the statement that reads the facts (read-facts.ts), as jsonb of `RecordFacts`. Each series
 * by its last value through an index, however long it is; what a restriction closes to the reader is not there.
 */
export function recordFactsColumn(timeZone: string): Sql {
  const last = sql`o.code, o.label, trim_scale(o.value)::text as value, o.comparator, o.unit, o.value_text as text, (o.effective_at at time zone ${timeZone})::date::text as on`;
  return sql`jsonb_build_object(
    'pressure', (select jsonb_build_object('systolic', round(s.value)::text, 'diastolic', (
        select round(d.value)::text from clinic.observation d
        where d.clinic_id = s.clinic_id and d.patient_id = s.patient_id and d.code = 'bp-diastolic' and d.status = 'final' and d.effective_at = s.effective_at
          and d.panel_id is not distinct from s.panel_id
        order by d.id desc limit 1), 'on', (s.effective_at at time zone ${timeZone})::date::text)
      from clinic.observation s
      where s.clinic_id = p.clinic_id and s.patient_id = p.id and s.code = 'bp-systolic' and s.status = 'final' and s.value is not null
      order by s.effective_at desc, s.id desc limit 1),
    'measured', (select coalesce(jsonb_agg(to_jsonb(v)), '[]') from unnest(${[...namedMeasures]}::text[]) as w (code) cross join lateral (
        select ${last} from clinic.observation o
        where o.clinic_id = p.clinic_id and o.patient_id = p.id and o.code = w.code and o.status = 'final'
        order by o.effective_at desc, o.id desc limit 1) v),
    'results', (select coalesce(jsonb_agg(to_jsonb(r) - 'at' order by r.at desc), '[]') from (
        select * from (
          select distinct on (t.code) t.* from (
            select ${last}, o.effective_at as at, o.id from clinic.observation o
            where o.clinic_id = p.clinic_id and o.patient_id = p.id and o.status = 'final' order by o.effective_at desc limit ${looked}) t
          where t.code <> all(${vital}::text[]) order by t.code, t.at desc, t.id desc) k
        order by k.at desc limit ${mostResults}) r),
    'allergies', (select coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'substance', a.substance, 'reaction', a.reaction)), '[]') from (
        select e.* from clinic.allergy_intolerance e
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active' and e.certainty <> 'refuted'
        order by e.kind, e.severity <> 'severe', e.created_at, e.id limit ${mostLines}) a),
    'problems', (select coalesce(jsonb_agg(jsonb_build_object('label', c.label, 'onset', c.onset)), '[]') from (
        select e.* from clinic.condition e where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active'
        order by e.rank, e.created_at, e.id limit ${mostLines}) c),
    'medications', (select coalesce(jsonb_agg(jsonb_build_object('label', m.label, 'strength', m.strength, 'dose', m.dose, 'doseHigh', m.dose_high,
        'doseUnit', m.dose_unit, 'frequency', m.frequency, 'asNeeded', m.as_needed, 'instructions', m.instructions, 'durationDays', m.duration_days,
        'quantity', m.quantity, 'repeats', m.repeats)), '[]') from (
        select e.* from clinic.medication e where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active'
        order by e.created_at, e.id limit ${mostLines}) m)
  )`;
}
