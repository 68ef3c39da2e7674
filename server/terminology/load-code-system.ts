import { withOwner } from "#server/db/with-owner.ts";
import { conceptWords } from "./concept-words.ts";
import type { ConceptRow } from "./schema.ts";

export interface CodeSystem {
  readonly system: string;
  readonly version: string;
  readonly titleFr: string;
  readonly titleEn: string;
  /** What the licence asks to be shown. */
  readonly notice: string;
}

const batch = 5000;

/**
 * Loads one version of a list into `reference` for every clinic of this host, and makes it the one that is searched; earlier versions stay,
 * for what was recorded from them. The same version again replaces itself. All or nothing.
 */
export async function loadCodeSystem(of: CodeSystem, rows: readonly ConceptRow[]): Promise<void> {
  const { system, version } = of;
  await withOwner(async (owner) => {
    await owner.query("select pg_advisory_xact_lock(hashtext('chevet terminology'))");
    await owner.query("delete from reference.code_system where system = $1 and version = $2", [system, version]);
    for (const table of ["code_system", "concept", "concept_word"])
      await owner.query(`update reference.${table} set current = false where system = $1 and current`, [system]);
    await owner.query(
      "insert into reference.code_system (system, version, title_fr, title_en, notice, current) values ($1, $2, $3, $4, $5, true)",
      [system, version, of.titleFr, of.titleEn, of.notice],
    );
    for (let at = 0; at < rows.length; at += batch) {
      const part = rows.slice(at, at + batch);
      await owner.query(
        `insert into reference.concept (system, version, code, kind, display_fr, display_en, current)
         select $1, $2, t.code, t.kind, t.fr, t.en, true from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as t (code, kind, fr, en)`,
        [
          system,
          version,
          part.map((row) => row.code),
          part.map((row) => row.kind),
          part.map((row) => row.fr),
          part.map((row) => row.en),
        ],
      );
      const words = part.flatMap((row) => conceptWords(row).map((one) => ({ ...one, code: row.code, kind: row.kind })));
      await owner.query(
        `insert into reference.concept_word (system, version, code, kind, current, word, place)
         select $1, $2, t.code, t.kind, true, t.word, t.place from unnest($3::text[], $4::text[], $5::text[], $6::smallint[]) as t (code, kind, word, place)`,
        [
          system,
          version,
          words.map((one) => one.code),
          words.map((one) => one.kind),
          words.map((one) => one.word),
          words.map((one) => one.place),
        ],
      );
    }
  });
}
