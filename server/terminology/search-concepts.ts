import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { join, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { foldText, nameWords } from "#server/patient/fold-name.ts";
import { afterPrefix } from "./concept-words.ts";
import { type SearchConceptsInput, shortestSearch } from "./schema.ts";

export interface ConceptView {
  /** "own" for the clinic's list. */
  readonly system: string;
  readonly version: string;
  readonly code: string;
  readonly fr: string;
  readonly en: string;
  /** Every word that was typed is a whole word of it. */
  readonly exact: boolean;
}

/** A first word that begins more than this many is narrowed by the next ones among these. */
const mostByWord = 400;

/**
 * Concepts of which each typed word begins some word, in either language and without accents: the clinic's own first, then those that begin
 * so, the shortest first. Both lists are read by an index of words, under the caller's own rights.
 */
export async function searchConcepts(
  ctx: ClinicContext,
  { kind, text, most }: SearchConceptsInput,
): Promise<ConceptView[]> {
  requirePermission(ctx, "chart:read");
  const words = nameWords(text).sort((one, other) => other.length - one.length);
  const [first, ...others] = words;
  if (!first || foldText(text).trim().length < shortestSearch) return [];
  const clinicId = ctx.clinic.id;
  const each = (before: (word: string) => ReturnType<typeof sql>) =>
    others.length === 0 ? sql`` : join(others.map(before), " ", " ");
  const exactly = (count: ReturnType<typeof sql>) => sql`(${count}) = ${words.length}::int`;
  return withStaff(
    ctx,
    (db) => db.$queryRaw<ConceptView[]>`
    with found as (
      (select 0 as own, 'own' as system, '' as version, c.code, c.display_fr as fr, c.display_en as en, w.place,
        ${exactly(sql`select count(*) from clinic.own_concept_word x where x.clinic_id = ${clinicId}::uuid and x.concept_id = c.id and x.word = any(${words}::text[])`)} as exact
      from clinic.own_concept_word w
      join clinic.own_concept c on c.clinic_id = w.clinic_id and c.id = w.concept_id and c.status = 'active'
      where w.clinic_id = ${clinicId}::uuid and w.kind = ${kind} and w.word >= ${first} and w.word < ${afterPrefix(first)}
        ${each(
          (
            word,
          ) => sql`and exists (select from clinic.own_concept_word o where o.clinic_id = w.clinic_id and o.concept_id = w.concept_id
          and o.word >= ${word} and o.word < ${afterPrefix(word)})`,
        )}
      order by w.word, w.place limit ${mostByWord})
      union all
      (select 1, c.system, c.version, c.code, c.display_fr, c.display_en, w.place,
        ${exactly(sql`select count(*) from reference.concept_word x where x.system = c.system and x.version = c.version and x.kind = c.kind and x.code = c.code and x.word = any(${words}::text[])`)}
      from reference.concept_word w
      join reference.concept c on c.system = w.system and c.version = w.version and c.kind = w.kind and c.code = w.code
      where w.current and w.kind = ${kind} and w.word >= ${first} and w.word < ${afterPrefix(first)}
        ${each(
          (
            word,
          ) => sql`and exists (select from reference.concept_word o where o.system = w.system and o.version = w.version and o.kind = w.kind and o.code = w.code
          and o.word >= ${word} and o.word < ${afterPrefix(word)})`,
        )}
      order by w.word, w.place limit ${mostByWord})
    ), once as (
      select distinct on (f.system, f.version, f.code) f.* from found f order by f.system, f.version, f.code, f.place
    )
    select o.system, o.version, o.code, o.fr, o.en, o.exact from once o
    order by not o.exact, o.own, o.place, length(o.fr), o.fr, o.code limit ${most}`,
  );
}
