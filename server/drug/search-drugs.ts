import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { join, type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { foldText, nameWords } from "#server/patient/fold-name.ts";
import type { SearchDrugsInput } from "./schema.ts";

/** A product to choose, in the reader's language. */
export interface DrugView {
  readonly din: string;
  readonly brand: string;
  readonly ingredients: string;
  readonly ingredientCodes: string;
  readonly strength: string;
  readonly form: string;
  readonly route: string;
  readonly company: string;
  readonly onMarket: boolean;
  /** The release that it was chosen from, for whoever looks at what was prescribed. */
  readonly version: string;
}

/** Nobody reads further than this: a word that begins more products is narrowed by the next one among these. */
const mostByWord = 600;
/** What one word is counted up to, to begin with the rarest. */
const mostCounted = 2000;

const before = (word: string) => sql`w.word >= ${word} and w.word < ${`${word}\u{10FFFF}`}`;

/**
 * Products for people of which each typed word begins some word: a DIN, a name or an ingredient, in either language and without accents.
 * Those on the market first. Drugs say nothing of anybody: nothing is journaled, and no patient is named in the question.
 */
export async function searchDrugs(ctx: ClinicContext, { text, most }: SearchDrugsInput): Promise<DrugView[]> {
  requirePermission(ctx, "chart:read");
  const words = nameWords(text);
  if (words.length === 0 || foldText(text).trim().length < 2) return [];
  return withStaff(ctx, (db) => findDrugs(db, words, ctx.locale, most));
}

/** The search itself, under the rights of whoever has entered. */
export async function findDrugs(
  db: Db,
  words: readonly string[],
  locale: "fr" | "en",
  most: number,
): Promise<DrugView[]> {
  const [now] = await db.$queryRaw<{ release: number; version: string }[]>`
    select r.release, r.version from reference.drug_release r where r.current`;
  if (!now) return [];
  const [first = "", ...others] = await rarestFirst(db, now.release, words);
  const also = others.map(
    (word) => sql`and exists (select from reference.drug_word w where w.release = f.release and w.extract = f.extract
      and w.drug_code = f.drug_code and ${before(word)})`,
  );
  const at = (
    place: number,
  ) => sql`(select w.release, w.place, w.extract, w.drug_code, w.word from reference.drug_word w
    where w.release = ${now.release}::int and w.place = ${place}::smallint and ${before(first)} order by w.word limit ${mostCounted})`;
  const inWords = locale === "fr" ? french : english;
  return db.$queryRaw<DrugView[]>`
    with found as (
      select f.extract, f.drug_code, f.place from (${at(0)} union all ${at(1)} union all ${at(2)}) f
      where true ${also.length > 0 ? join(also, " ") : sql``} limit ${mostByWord}
    ), once as (
      select f.extract, f.drug_code, min(f.place) as place from found f group by f.extract, f.drug_code
    )
    select p.din, ${inWords}, p.ingredient_codes as "ingredientCodes", p.company, p.extract = 'marketed' as "onMarket",
      ${now.version} as version
    from once o join reference.drug_product p on p.release = ${now.release}::int and p.extract = o.extract and p.drug_code = o.drug_code
    order by o.place, length(p.brand_fr), p.brand_fr, p.strength_fr, p.din limit ${most}`;
}

const french = sql`p.brand_fr as brand, p.ingredients_fr as ingredients, p.strength_fr as strength, p.form_fr as form, p.route_fr as route`;
const english = sql`p.brand_en as brand, p.ingredients_en as ingredients, p.strength_en as strength, p.form_en as form, p.route_en as route`;

async function rarestFirst(db: Db, release: number, words: readonly string[]): Promise<string[]> {
  if (words.length < 2) return [...words];
  const count = (word: string): Sql => sql`select ${word} as word, (select count(*)::int from (
    select from reference.drug_word w where w.release = ${release}::int and w.place = any ('{0,1,2}'::smallint[]) and ${before(word)}
    limit ${mostCounted}) t) as n`;
  const counted = await db.$queryRaw<{ word: string; n: number }[]>`${join(words.map(count), " union all ")}`;
  return counted.sort((one, other) => one.n - other.n).map(({ word }) => word);
}
