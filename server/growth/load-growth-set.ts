import { withOwner } from "#server/db/with-owner.ts";
import type { GrowthRow } from "./join-tables.ts";

export interface GrowthSet {
  readonly name: string;
  readonly version: string;
  readonly titleFr: string;
  readonly titleEn: string;
  /** What its licence asks to be shown. */
  readonly notice: string;
  /** Made up: every screen that shows it says so. */
  readonly invented: boolean;
}

const batch = 5000;

/**
 * Loads a set into `reference` for every clinic of this host and makes it the one that is read; earlier ones stay, to come back to. The same
 * version again replaces itself. All or nothing.
 */
export async function loadGrowthSet(of: GrowthSet, rows: readonly GrowthRow[]): Promise<void> {
  await withOwner(async (owner) => {
    await owner.query("select pg_advisory_xact_lock(hashtext('chevet growth'))");
    await owner.query("delete from reference.growth_set where name = $1 and version = $2", [of.name, of.version]);
    await owner.query("update reference.growth_set set current = false where current");
    const { rows: made } = await owner.query<{ id: number }>(
      `insert into reference.growth_set (name, version, title_fr, title_en, notice, invented, current)
       values ($1, $2, $3, $4, $5, $6, true) returning growth_set as id`,
      [of.name, of.version, of.titleFr, of.titleEn, of.notice, of.invented],
    );
    for (let at = 0; at < rows.length; at += batch) {
      const part = rows.slice(at, at + batch);
      const column = <K extends keyof GrowthRow>(name: K) => part.map((row) => row[name]);
      await owner.query(
        `insert into reference.growth_row (growth_set, indicator, sex, segment, x, l, m, s, drawn)
         select $1, t.* from unnest($2::text[], $3::text[], $4::smallint[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::boolean[])
           as t (indicator, sex, segment, x, l, m, s, drawn)`,
        [
          made[0]?.id,
          column("indicator"),
          column("sex"),
          column("segment"),
          column("x"),
          column("l"),
          column("m"),
          column("s"),
          column("drawn"),
        ],
      );
    }
  });
}

/** Goes back to a set that was loaded, or forth. @returns whether there is one of that name and version */
export async function chooseGrowthSet(name: string, version: string): Promise<boolean> {
  return withOwner(async (owner) => {
    await owner.query("select pg_advisory_xact_lock(hashtext('chevet growth'))");
    const { rowCount } = await owner.query(
      "select from reference.growth_set where name = $1 and version = $2 for update",
      [name, version],
    );
    if (rowCount !== 1) return false;
    await owner.query("update reference.growth_set set current = false where current");
    await owner.query("update reference.growth_set set current = true where name = $1 and version = $2", [
      name,
      version,
    ]);
    return true;
  });
}

/** What was loaded, the last first, for whoever runs the host. */
export async function listGrowthSets(): Promise<
  readonly { name: string; version: string; title: string; current: boolean; rows: number }[]
> {
  return withOwner(async (owner) => {
    const { rows } = await owner.query(
      `select s.name, s.version, s.title_fr as title, s.current,
         (select count(*)::int from reference.growth_row r where r.growth_set = s.growth_set) as rows
       from reference.growth_set s order by s.loaded_at desc, s.growth_set desc`,
    );
    return rows;
  });
}
