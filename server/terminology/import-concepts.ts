import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, limitReached } from "#server/errors.ts";
import { conceptWords } from "./concept-words.ts";
import { type LineFault, readList } from "./read-list.ts";
import type { ConceptRow, ImportConceptsInput } from "./schema.ts";

/** A clinic's own words; longer lists are the host's to load. */
const mostRows = 5000;

/** What an import did, or the lines that stand in its way: then nothing was written. */
export interface ImportResult {
  readonly added: number;
  readonly changed: number;
  readonly retired: number;
  readonly faults: readonly LineFault[];
}

/**
 * A clinic's own list, whole: what is new is added, what changed gets a new version, and what the file no longer has, of the kinds that it
 * has, is no longer offered; what was recorded with it keeps its words.
 * @throws LimitReached above 5,000 lines; Invalid for an empty file
 */
export async function importConcepts(ctx: ClinicContext, { csv }: ImportConceptsInput): Promise<ImportResult> {
  requirePermission(ctx, "clinic:manage");
  const { rows, faults } = readList(csv);
  if (faults.length > 0) return { added: 0, changed: 0, retired: 0, faults: faults.slice(0, 100) };
  if (rows.length === 0) throw invalid("invalid", { csv: "required" });
  if (rows.length > mostRows) throw limitReached(0);
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const kinds = [...new Set(rows.map(({ kind }) => kind))];
    const known = await db.ownConcept.findMany({ where: { clinicId, kind: { in: kinds } } });
    const byKey = new Map(known.map((one) => [`${one.kind} ${one.code}`, one]));
    const fresh = rows.filter(({ kind, code }) => !byKey.has(`${kind} ${code}`)).map((row) => ({ id: newId(), row }));
    const changed = rows.flatMap((row) => {
      const one = byKey.get(`${row.kind} ${row.code}`);
      const isSame = one && one.displayFr === row.fr && one.displayEn === row.en && one.status === "active";
      return one && !isSame ? [{ one, row }] : [];
    });
    const kept = new Set(rows.map(({ kind, code }) => `${kind} ${code}`));
    const retired = known.filter(({ kind, code, status }) => status === "active" && !kept.has(`${kind} ${code}`));
    await db.ownConcept.createMany({
      data: fresh.map(({ id, row }) => ({
        clinicId,
        id,
        kind: row.kind,
        code: row.code,
        displayFr: row.fr,
        displayEn: row.en,
      })),
    });
    for (const { one, row } of changed)
      await db.ownConcept.updateMany({
        where: { clinicId, id: one.id, version: one.version },
        data: { displayFr: row.fr, displayEn: row.en, status: "active", version: one.version + 1 },
      });
    for (const { id, version } of retired)
      await db.ownConcept.updateMany({
        where: { clinicId, id, version },
        data: { status: "retired", version: version + 1 },
      });
    const all = [
      ...fresh,
      ...rows.flatMap((row) => {
        const one = byKey.get(`${row.kind} ${row.code}`);
        return one ? [{ id: one.id, row }] : [];
      }),
    ];
    await writeWords(db, clinicId, all);
    await recordAudit(db, ctx, {
      event: "concept.imported",
      action: "U",
      entity: "OwnConcept",
      detail: { added: fresh.length, changed: changed.length, retired: retired.length },
    });
    return { added: fresh.length, changed: changed.length, retired: retired.length, faults: [] };
  });
}

/** The words of each, anew: synonyms are found in the words alone. */
async function writeWords(db: Db, clinicId: string, all: readonly { id: string; row: ConceptRow }[]): Promise<void> {
  await db.ownConceptWord.deleteMany({ where: { clinicId, conceptId: { in: all.map(({ id }) => id) } } });
  const words = all.flatMap(({ id: conceptId, row }) =>
    conceptWords(row).map((one) => ({ clinicId, conceptId, kind: row.kind, ...one })),
  );
  for (let at = 0; at < words.length; at += 5000)
    await db.ownConceptWord.createMany({ data: words.slice(at, at + 5000) });
}
