import type { Db } from "#server/db/database.ts";
import { between, percentileOf, scoreOf } from "./lms.ts";
import type { Indicator, ReferenceSex } from "./schema.ts";

/** A value to place: days since birth (centimetres, of weight-for-length) and what was measured there. */
export interface Measured {
  readonly indicator: Indicator;
  readonly x: number;
  readonly value: number;
}

/** Where a value stands. */
export interface Standing {
  readonly z: number;
  /** 0 to 100. */
  readonly percentile: number;
  /** By a set that was made up. */
  readonly invented: boolean;
}

interface Row {
  readonly x: number;
  readonly l: number;
  readonly m: number;
  readonly s: number;
}

/**
 * Where each value stands by the set in use, in the order given; undefined where its tables do not go. One statement: two rows are read for
 * each value, by the key of the table, whatever the size of the set.
 */
export async function queryStandings(
  db: Db,
  sex: ReferenceSex,
  values: readonly Measured[],
): Promise<(Standing | undefined)[]> {
  if (values.length === 0) return [];
  const found = await db.$queryRaw<{ n: number; invented: boolean; low: Row; high: Row }[]>`
    select q.n::int as n, g.invented, to_jsonb(low) as low, to_jsonb(high) as high
    from reference.growth_set g
    cross join unnest(${values.map(({ indicator }) => indicator)}::text[], ${values.map(({ x }) => x)}::float8[])
      with ordinality as q (indicator, x, n)
    cross join lateral (
      select r.segment, r.x, r.l, r.m, r.s from reference.growth_row r
      where r.growth_set = g.growth_set and r.sex = ${sex} and r.indicator = q.indicator and r.x <= q.x
      order by r.x desc, r.segment desc limit 1
    ) low
    cross join lateral (
      select r.x, r.l, r.m, r.s from reference.growth_row r
      where r.growth_set = g.growth_set and r.sex = ${sex} and r.indicator = q.indicator and r.segment = low.segment and r.x >= q.x
      order by r.x limit 1
    ) high
    where g.current`;
  const byPlace = new Map(found.map((one) => [one.n, one]));
  return values.map(({ indicator, x, value }, at) => {
    const rows = byPlace.get(at + 1);
    if (!rows) return undefined;
    const z = scoreOf(indicator, between(rows.low, rows.high, x), value);
    return { z, percentile: percentileOf(z), invented: rows.invented };
  });
}

/** What a screen says of the set that its curves come from. */
export interface ReferenceView {
  readonly name: string;
  readonly version: string;
  readonly titleFr: string;
  readonly titleEn: string;
  readonly notice: string;
  /** Made up, for tests and the demo. */
  readonly invented: boolean;
}

/** A row of a curve. */
export interface CurveRow extends Row {
  readonly indicator: Indicator;
  readonly segment: number;
}

/** The set in use and the rows that its curves are drawn by; without a sex, the set alone. undefined when none is loaded. One statement. */
export async function queryCurves(
  db: Db,
  sex: ReferenceSex | undefined,
): Promise<{ set: ReferenceView; rows: readonly CurveRow[] } | undefined> {
  const [found] = await db.$queryRaw<{ set: ReferenceView; rows: CurveRow[] }[]>`
    select jsonb_build_object('name', g.name, 'version', g.version, 'titleFr', g.title_fr, 'titleEn', g.title_en, 'notice', g.notice,
        'invented', g.invented) as set,
      coalesce((
        select jsonb_agg(jsonb_build_object('indicator', r.indicator, 'segment', r.segment, 'x', r.x, 'l', r.l, 'm', r.m, 's', r.s)
          order by r.indicator, r.segment, r.x)
        from reference.growth_row r where r.growth_set = g.growth_set and r.sex = ${sex ?? ""} and r.drawn
      ), '[]') as rows
    from reference.growth_set g where g.current`;
  return found;
}
