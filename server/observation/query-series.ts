import type { Db } from "#server/db/database.ts";
import type { Sex } from "#server/patient/schema.ts";
import type { ObservationView } from "./record.ts";

interface Query {
  readonly clinicId: string;
  readonly patientId: string;
  readonly codes: readonly string[];
  readonly before?: Date | undefined;
  /** Of each series. */
  readonly most: number;
}

/** Some series of one patient, each the newest first, and when and as what they were born; undefined for nobody. */
interface Found {
  readonly birthDate: string | null;
  readonly sex: Sex | null;
  readonly of: (code: string) => ObservationView[];
}

/** One statement whatever the length of the series: each is walked by its own index and no further than asked. */
export async function querySeries(
  db: Db,
  { clinicId, patientId, codes, before, most }: Query,
): Promise<Found | undefined> {
  const [found] = await db.$queryRaw<{ birthDate: string | null; sex: Sex | null; series: Record<string, Raw[]> }[]>`
    select p.birth_date::text as "birthDate", p.sex, coalesce((
      select jsonb_object_agg(c.code, o.points) from unnest(${codes}::text[]) as c (code)
      cross join lateral (
        select coalesce(jsonb_agg(to_jsonb(t)), '[]') as points from (
          select o.id, o.code, o.label, o.effective_at as at, trim_scale(o.value)::text as value, o.comparator, o.unit, o.value_text as text,
            trim_scale(o.low)::text as low, trim_scale(o.high)::text as high, o.entered, o.body_position as position, o.note, o.panel_id as "panelId", o.version
          from clinic.observation o
          where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.code = c.code collate "C" and o.status = 'final'
            and o.effective_at < ${before ?? new Date("2200-01-01")}::timestamptz
          order by o.effective_at desc, o.id desc limit ${most}
        ) t
      ) o
    ), '{}') as series
    from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
  if (!found) return undefined;
  return {
    birthDate: found.birthDate,
    sex: found.sex,
    of: (code) => (found.series[code] ?? []).map((raw) => ({ ...raw, at: new Date(raw.at) })),
  };
}

type Raw = Omit<ObservationView, "at"> & { at: string };
