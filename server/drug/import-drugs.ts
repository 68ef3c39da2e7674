import { withOwner } from "#server/db/with-owner.ts";
import { type Extract, type ExtractFile, layouts } from "./layouts.ts";
import { type DrugLines, makeProduct, productWords } from "./make-product.ts";
import { ExtractError, linesOf, openExtract, type Part } from "./open-extract.ts";

interface ImportOf {
  /** A folder with the archives or files, or one archive. */
  readonly at: string;
  /** The date of the extract: what a prescription names. */
  readonly version: string;
  readonly say: (line: string) => void;
  /** Lines in one transaction: what a kill loses. */
  readonly batch?: number;
}

/**
 * Loads an extract beside the one in use and switches to it at once, when it is whole. Killed, it goes on where it was, with the same files;
 * a version that is loaded already is only switched to. What was prescribed from an earlier release keeps its products.
 * @throws ExtractError for files that are not an extract's, or that are not those with which the import began
 */
export async function importDrugs({ at, version, say, batch = 5000 }: ImportOf): Promise<{ products: number }> {
  const { release, state } = await begin(version);
  if (state === "loading") {
    const parts = await openExtract(at);
    for (const part of parts) await readPart(release, part, batch, say);
    await makeProducts(release, Math.max(1, Math.round(batch / 5)), say);
  }
  const products = await switchTo(release);
  await forgetOthers(release);
  return { products };
}

async function begin(version: string): Promise<{ release: number; state: string }> {
  return withOwner(async (owner) => {
    await owner.query("insert into reference.drug_release (version) values ($1) on conflict (version) do nothing", [
      version,
    ]);
    const { rows } = await owner.query("select release, state from reference.drug_release where version = $1", [
      version,
    ]);
    return rows[0];
  });
}

async function readPart(release: number, part: Part, batch: number, say: ImportOf["say"]): Promise<void> {
  const { extract, file, hash } = part;
  const place = [release, extract, file];
  const known = await withOwner(async (owner) => {
    await owner.query(
      "insert into reference.drug_part (release, extract, file, source_hash) values ($1, $2, $3, $4) on conflict do nothing",
      [...place, hash],
    );
    const { rows } = await owner.query(
      "select source_hash, lines, finished from reference.drug_part where release = $1 and extract = $2 and file = $3",
      place,
    );
    return rows[0] as { source_hash: string; lines: number; finished: boolean };
  });
  if (known.source_hash !== hash)
    throw new ExtractError(
      `${part.path}: ce n’est pas le fichier avec lequel cette version a commencé · not the file with which this version began`,
    );
  if (known.finished) return;
  let at = 0;
  let waiting: { line: number; code: number; fields: string[] }[] = [];
  const write = async (finished: boolean) => {
    const rows = waiting;
    waiting = [];
    await withOwner(async (owner) => {
      // Two imports of one version would both write: the second finds that the file moved on, and stops.
      const { rowCount } = await owner.query(
        "update reference.drug_part set lines = $4, finished = $5 where release = $1 and extract = $2 and file = $3 and lines = $6",
        [...place, at, finished, at - rows.length],
      );
      if (rowCount !== 1) throw new ExtractError("un autre import est en cours · another import is under way");
      await owner.query(
        `insert into reference.drug_line (release, extract, file, line, drug_code, fields)
         select $1, $2, $3, t.line, t.code, array(select jsonb_array_elements_text(t.fields))
         from unnest($4::int[], $5::int[], $6::jsonb[]) as t (line, code, fields)`,
        [
          ...place,
          rows.map(({ line }) => line),
          rows.map(({ code }) => code),
          rows.map(({ fields }) => JSON.stringify(fields)),
        ],
      );
    });
    say(`${extract} ${file}: ${at.toLocaleString("fr-CA")} lignes · lines`);
  };
  for await (const fields of linesOf(part)) {
    at += 1;
    if (at <= known.lines) continue;
    waiting.push({ line: at, code: check(part, fields, at), fields: fields.map((text) => text.replaceAll("\0", "")) });
    if (waiting.length === batch) await write(false);
  }
  await write(true);
}

/** @returns the drug's code */
function check({ file, path }: Part, fields: readonly string[], line: number): number {
  const [least, most] = layouts[file].columns;
  if (fields.length < least || fields.length > most)
    throw new ExtractError(
      `${path} ${file} ligne · line ${line}: ${fields.length} colonnes · columns (${least}–${most})`,
    );
  if (!/^\d{1,9}$/.test(fields[0] ?? ""))
    throw new ExtractError(`${path} ${file} ligne · line ${line}: DRUG_CODE « ${fields[0]} »`);
  return Number(fields[0]);
}

/** Products and their words, a batch of drugs at a time; where it was is kept with the release. */
async function makeProducts(release: number, batch: number, say: ImportOf["say"]): Promise<void> {
  for (let made = 0; ; ) {
    const count = await withOwner(async (owner) => {
      const { rows: drugs } = await owner.query<{ extract: Extract; drug_code: number }>(
        `select distinct l.extract, l.drug_code from reference.drug_line l
           join reference.drug_release r on r.release = l.release
         where l.release = $1 and l.file = 'drug' and (l.extract, l.drug_code) > (r.made_extract, r.made_code)
         order by l.extract, l.drug_code limit $2`,
        [release, batch],
      );
      const last = drugs.at(-1);
      if (!last) return 0;
      const { rows } = await owner.query<{ extract: Extract; drug_code: number; file: ExtractFile; fields: string[] }>(
        `select l.extract, l.drug_code, l.file, l.fields from unnest($2::text[], $3::int[]) as d (extract, drug_code)
           join reference.drug_line l on l.release = $1 and l.extract = d.extract and l.drug_code = d.drug_code
         where l.file = any ('{drug,ingred,form,route,schedule,ther,comp}') order by l.extract, l.drug_code, l.file, l.line`,
        [release, drugs.map(({ extract }) => extract), drugs.map(({ drug_code }) => drug_code)],
      );
      const byDrug = new Map<string, { extract: Extract; lines: Record<string, string[][]> }>();
      for (const { extract, drug_code, file, fields } of rows) {
        const key = `${extract} ${drug_code}`;
        const one = byDrug.get(key) ?? { extract, lines: {} };
        byDrug.set(key, one);
        one.lines[file] = [...(one.lines[file] ?? []), fields];
      }
      const products = [...byDrug.values()].flatMap(
        ({ extract, lines }) => makeProduct(extract, lines as DrugLines) ?? [],
      );
      await owner.query(
        `insert into reference.drug_product (release, extract, drug_code, din, brand_fr, brand_en, ingredients_fr, ingredients_en, ingredient_codes,
           strength_fr, strength_en, form_fr, form_en, route_fr, route_en, schedule_fr, schedule_en, atc, company, human)
         select $1, t."extract", t."drugCode", t.din, t."brandFr", t."brandEn", t."ingredientsFr", t."ingredientsEn", t."ingredientCodes", t."strengthFr",
           t."strengthEn", t."formFr", t."formEn", t."routeFr", t."routeEn", t."scheduleFr", t."scheduleEn", t.atc, t.company, t.human
         from jsonb_to_recordset($2::jsonb) as t ("extract" text, "drugCode" int, din text, "brandFr" text, "brandEn" text, "ingredientsFr" text,
           "ingredientsEn" text, "ingredientCodes" text, "strengthFr" text, "strengthEn" text, "formFr" text, "formEn" text, "routeFr" text,
           "routeEn" text, "scheduleFr" text, "scheduleEn" text, atc text, company text, human boolean)`,
        [release, JSON.stringify(products)],
      );
      const words = products.flatMap((one) =>
        productWords(one).map((word) => ({ ...word, extract: one.extract, code: one.drugCode })),
      );
      await owner.query(
        `insert into reference.drug_word (release, place, word, extract, drug_code)
         select $1, t.place, t.word, t.extract, t.code from unnest($2::smallint[], $3::text[], $4::text[], $5::int[]) as t (place, word, extract, code)`,
        [
          release,
          words.map(({ place }) => place),
          words.map(({ word }) => word),
          words.map(({ extract }) => extract),
          words.map(({ code }) => code),
        ],
      );
      await owner.query("update reference.drug_release set made_extract = $2, made_code = $3 where release = $1", [
        release,
        last.extract,
        last.drug_code,
      ]);
      return drugs.length;
    });
    if (count === 0) return;
    made += count;
    say(`produits · products: ${made.toLocaleString("fr-CA")}`);
  }
}

/** From one statement to the next every search reads the new release. */
async function switchTo(release: number): Promise<number> {
  return withOwner(async (owner) => {
    const { rows } = await owner.query(
      "select count(*)::int as products from reference.drug_product where release = $1",
      [release],
    );
    const { products } = rows[0] as { products: number };
    if (products === 0) throw new ExtractError("aucun produit · no product: rien n’est changé · nothing was switched");
    await owner.query("update reference.drug_release set current = false where current and release <> $1", [release]);
    await owner.query(
      `update reference.drug_release set state = 'ready', current = true, products = $2, finished_at = coalesce(finished_at, now())
       where release = $1`,
      [release, products],
    );
    return products;
  });
}

/** What is no longer searched keeps its products and words, so that one can switch back, and gives back the room of its lines. */
async function forgetOthers(release: number): Promise<void> {
  await withOwner(async (owner) => {
    await owner.query(
      `delete from reference.drug_line where release in (
         select o.release from reference.drug_release o where o.state = 'ready' and o.release <> $1)`,
      [release],
    );
  });
}
