import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { ReadTimelineInput, TimelineKind } from "./schema.ts";

/** A year, a month or a day: how much of each kind there was. */
export interface TimelinePeriod {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `YYYY` also stands among months, and `YYYY-MM` among days, for what is known no better. */
  readonly period: string;
  readonly counts: Readonly<Partial<Record<TimelineKind, number>>>;
  /** Of a day: what each was, in words. Measures are named by their series. */
  readonly items: readonly { readonly kind: TimelineKind; readonly label: string; readonly code: string }[];
}

/** A month of a hospital's monitor is longer than anybody reads: the rest is in the graphs. */
const mostItems = 300;

/**
 * Visits that were held, notes (each once, whatever was added to it; those that are private to others are not there), problems, allergies, history, measures, vaccines,
 * prescriptions and documents (signed letters and requests among them; of a prescription, not its paper too) on one line of time, the newest first. One statement per level, whatever the
 * record's length; a date that is known to its year stands at its year.
 * @throws NotFound
 */
export async function readTimeline(
  ctx: ClinicContext,
  { patientId, within }: ReadTimelineInput,
): Promise<TimelinePeriod[]> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const length = within.length === 0 ? 4 : within.length + 3;
  const [from, until] = boundsOf(within);
  return withStaff(ctx, async (db) => {
    const patient = await db.patient.findFirst({ where: { clinicId, id: patientId }, select: { id: true } });
    if (!patient) throw notFound();
    const rows = await db.$queryRaw<{ period: string; kind: TimelineKind; count: number; items: [string, string][] }[]>`
      with happened as (
        select 'visit' as kind, v.held_on::text as day, coalesce(h.name, e.reason, '') as label, '' as code
        from clinic.visits_held(${clinicId}::uuid, ${patientId}::uuid) v
        left join clinic.appointment a on a.clinic_id = ${clinicId}::uuid and a.id = v.appointment_id
        left join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
        left join clinic.healthcare_service h on h.clinic_id = s.clinic_id and h.id = s.service_id
        left join clinic.encounter e on e.clinic_id = ${clinicId}::uuid and e.id = v.encounter_id
        union all
        select 'note', to_char(n.occurred_at at time zone ${ctx.clinic.timeZone}, 'YYYY-MM-DD'), coalesce(nullif(c.title, ''), n.title), '' from clinic.note n
        left join lateral (
          select k.title from clinic.note k where k.clinic_id = n.clinic_id and k.amends_id = n.id and k.relation = 'correction' and k.status in ('final', 'amended')
          order by k.signed_at desc, k.id desc limit 1
        ) c on n.status = 'amended'
        where n.clinic_id = ${clinicId}::uuid and n.patient_id = ${patientId}::uuid and n.status <> 'entered-in-error' and n.amends_id is null
        union all
        select 'condition', case e.onset when '' then to_char(e.created_at at time zone ${ctx.clinic.timeZone}, 'YYYY-MM-DD') else e.onset end, e.label, ''
        from clinic.condition e where e.clinic_id = ${clinicId}::uuid and e.patient_id = ${patientId}::uuid and e.status in ('active', 'resolved')
        union all
        select 'allergy', case e.onset when '' then to_char(e.created_at at time zone ${ctx.clinic.timeZone}, 'YYYY-MM-DD') else e.onset end, e.substance, ''
        from clinic.allergy_intolerance e
        where e.clinic_id = ${clinicId}::uuid and e.patient_id = ${patientId}::uuid and e.status = 'active' and e.kind in ('allergy', 'intolerance')
        union all
        select 'history', e.occurred, e.label, '' from clinic.history_entry e
        where e.clinic_id = ${clinicId}::uuid and e.patient_id = ${patientId}::uuid and e.status in ('active', 'ended') and e.kind = 'personal'
          and e.occurred <> ''
        union all
        select 'immunization', e.occurred, e.vaccine, '' from clinic.immunization e
        where e.clinic_id = ${clinicId}::uuid and e.patient_id = ${patientId}::uuid and e.status = 'completed'
        union all
        select 'prescription', to_char(r.signed_at at time zone ${ctx.clinic.timeZone}, 'YYYY-MM-DD'),
          (select string_agg(i ->> 'label', ', ') from jsonb_array_elements(r.content -> 'items') i), ''
        from clinic.prescription r where r.clinic_id = ${clinicId}::uuid and r.patient_id = ${patientId}::uuid and r.status = 'signed'
        union all
        select 'document', d.dated_on::text, d.title, '' from clinic.document d
        where d.clinic_id = ${clinicId}::uuid and d.patient_id = ${patientId}::uuid and d.status in ('filed', 'reviewed') and d.document_type <> 'prescription'
          and d.replaced_by_id is null
        union all
        select 'observation', to_char(o.effective_at at time zone ${ctx.clinic.timeZone}, 'YYYY-MM-DD'), o.label, o.code from clinic.observation o
        where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final'
          and o.effective_at >= ${from}::timestamptz and o.effective_at < ${until}::timestamptz
      ), counted as (
        select left(h.day, ${length}::int) as period, h.kind, h.label, h.code from happened h where left(h.day, ${within.length}::int) = ${within}
      )
      select c.period, c.kind, count(*)::int as count,
        case ${within.length}::int when 7 then (array_agg(array[c.label, c.code] order by c.label, c.code))[:${mostItems}::int] else '{}' end as items
      from counted c where c.period <> '' group by c.period, c.kind order by c.period desc, c.kind`;
    await recordRead(
      db,
      ctx,
      {
        event: "timeline.read",
        entity: "Patient",
        entityIds: [patientId],
        patientId,
        ground: groundOf(ctx),
        detail: { within },
      },
      { refresh: false },
    );
    return gather(rows);
  });
}

type Row = { period: string; kind: TimelineKind; count: number; items: [string, string][] };

function gather(rows: readonly Row[]): TimelinePeriod[] {
  const periods = [...new Set(rows.map(({ period }) => period))];
  return periods.map((period) => {
    const here = rows.filter((row) => row.period === period);
    return {
      period,
      counts: Object.fromEntries(here.map(({ kind, count }) => [kind, count])),
      items: here.flatMap(({ kind, items }) => items.map(([label, code]) => ({ kind, label, code }))),
    };
  });
}

/** A day wider than the period on each side, so that no zone cuts it: the exact day is judged in the statement. */
function boundsOf(within: string): [Date, Date] {
  if (within === "") return [new Date("1800-01-01"), new Date("2300-01-01")];
  const [year = 0, month] = within.split("-").map(Number);
  const start = Date.UTC(year, (month ?? 1) - 1, 1);
  const end = month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return [new Date(start - 86_400_000), new Date(end + 86_400_000)];
}
