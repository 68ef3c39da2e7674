import { requirePermission } from "#server/access/require-permission.ts";
import { readOf } from "#server/audit/read-of.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { join, type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { nameWords } from "#server/patient/fold-name.ts";
import { groundOf } from "#server/patient/ground.ts";
import { lineColumns, lineTables } from "./line-columns.ts";
import type { DocumentLine } from "./record.ts";
import type { ListDocumentsInput } from "./schema.ts";
import { openPlace, type SearchPlace, sealPlace } from "./search-place.ts";
import { type Snippet, snippetOf } from "./snippet.ts";

export interface FoundDocument extends DocumentLine {
  /** Where the first of the words stands in the text, when it was read and is near its beginning. */
  readonly snippet: Snippet | null;
}

interface Row extends DocumentLine {
  readonly beginning: string | null;
}

interface Found {
  readonly rows: Row[];
  /** As far as was looked, when more may be found beyond and the rows do not say where to go on. */
  readonly reached: string | null;
}

const mostWords = 8;
/** Looked at for the line that is shown: more would cost more than it tells. */
const beginning = 12_000;

/**
 * Documents by any of their words (in the text, the title, the author, the file's name), their type, their dates and their chart, the latest first.
 * Of a chart for which the reader has no ground, the line says type, day, author and whose it is, without a word of it (`withheld`); by words it is not
 * found at all, since to be found would say that the word stands in it. `byGround` says so of every such search, whether something was left out or not:
 * that alone, with a day and a type, would be an answer.
 * Whoever gives no care gets what they filed themselves. Who was shown is journaled as one event; what was typed is not kept.
 */
export async function listDocuments(
  ctx: ClinicContext,
  input: ListDocumentsInput,
): Promise<{ rows: FoundDocument[]; after: string | null; byGround: boolean }> {
  requirePermission(ctx, "document:file");
  const { text, patientId, most, refresh } = input;
  const words = nameWords(text).slice(0, mostWords);
  const place = await openPlace(ctx, input.cursor);
  const { page, more, reached } = await withStaff(ctx, async (db) => {
    const { rows, reached } =
      words.length > 0 ? await findByWords(db, ctx, words, input, place) : await listAll(db, ctx, input, place);
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "document.listed",
        entity: "Document",
        ...readOf(page),
        ...(patientId && { patientId }),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { page, more: rows.length > most, reached };
  });
  return {
    rows: page.map(({ beginning: start, ...line }) => ({
      ...line,
      snippet: start && words.length > 0 ? snippetOf(start, words) : null,
    })),
    after: more ? (page.at(-1)?.id ?? null) : reached && (await sealPlace(ctx, reached)),
    byGround: words.length > 0 && !patientId && ctx.membership.permissions.has("chart:read"),
  };
}

/**
 * What is kept from this person is passed over in the search itself (`clinic.search_told_documents`): a page is as full as if it were not there. Past four
 * hundred of these in a row it may be short, or empty, and not the last.
 */
async function findByWords(
  db: Db,
  ctx: ClinicContext,
  words: string[],
  input: ListDocumentsInput,
  place: SearchPlace | null,
): Promise<Found> {
  const clinicId = ctx.clinic.id;
  const { patientId, types, since, until, most } = input;
  const kinds = types.length > 0 ? types : null;
  const found = await db.$queryRaw<{ id: string; told: boolean }[]>`
    with last as (${lastOf(clinicId, place)})
    select f.id, f.told from clinic.search_told_documents(
      ${clinicId}::uuid, ${words}::text[], ${patientId}::uuid, ${kinds}::text[], ${since}::date, ${until}::date,
      (select dated_on from last), (select id from last), ${most + 1}::int) f`;
  const ids = found.flatMap(({ id, told }) => (told ? [id] : []));
  const rows = await db.$queryRaw<Row[]>`
    select ${lineColumns()}, left(t.content, ${beginning}::int) as beginning
    from ${lineTables}
    where d.clinic_id = ${clinicId}::uuid and d.id = any (${ids}::uuid[])
    order by d.dated_on desc, d.id desc`;
  const end = found.at(-1);
  return { rows, reached: end && !end.told ? end.id : null };
}

/** A row that this person sees, or the sealed id of any, whose day the search itself reads. */
const lastOf = (clinicId: string, place: SearchPlace | null): Sql =>
  place?.sealed
    ? sql`select null::date as dated_on, ${place.id}::uuid as id`
    : sql`select d.dated_on, d.id from clinic.document d where d.clinic_id = ${clinicId}::uuid and d.id = ${place?.id ?? null}::uuid`;

async function listAll(
  db: Db,
  ctx: ClinicContext,
  input: ListDocumentsInput,
  place: SearchPlace | null,
): Promise<Found> {
  const clinicId = ctx.clinic.id;
  const { patientId, types, since, until, most } = input;
  const conditions: Sql[] = [sql`d.clinic_id = ${clinicId}::uuid`, sql`d.status <> 'received'`];
  // Row security lets the front desk see no others; named here, they are read from their index.
  if (!ctx.membership.permissions.has("chart:read")) conditions.push(sql`d.handled_by = ${ctx.user.id}::uuid`);
  if (patientId) conditions.push(sql`d.patient_id = ${patientId}::uuid`);
  else conditions.push(sql`d.status <> 'entered-in-error'`);
  if (types.length > 0) conditions.push(sql`d.document_type = any (${types}::text[])`);
  if (since) conditions.push(sql`d.dated_on >= ${since}::date`);
  if (until) conditions.push(sql`d.dated_on <= ${until}::date`);
  if (place) conditions.push(sql`(d.dated_on, d.id) < (${lastOf(clinicId, place)})`);
  const rows = await db.$queryRaw<Row[]>`
    with page as materialized (
      select d.id from clinic.document d where ${join(conditions, " and ")} order by d.dated_on desc, d.id desc limit ${most + 1}
    )
    select ${lineColumns(withheld(ctx))}, null as beginning
    from page f join ${lineTables} on true ${groundsFor(ctx, input)}
    where d.clinic_id = ${clinicId}::uuid and d.id = f.id
    order by d.dated_on desc, d.id desc`;
  return { rows, reached: null };
}

/**
 * `g.lacks`: the reader has no ground to open the chart that it is in. Judged of the page alone, once for each; of one chart, the line of the
 * journal asks for the ground.
 */
const groundsFor = (ctx: ClinicContext, { patientId }: ListDocumentsInput): Sql =>
  patientId
    ? sql`cross join (select false as lacks) g`
    : sql`cross join lateral (select d.reviewer_id is distinct from ${ctx.user.id}::uuid and clinic.lacks_ground(d.patient_id) as lacks offset 0) g`;

/** The title of what one filed oneself is one's own word; what the document says is not. */
const withheld = (ctx: ClinicContext): Sql => sql`(g.lacks and d.handled_by is distinct from ${ctx.user.id}::uuid)`;
