import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { RichText } from "#server/note/rich-text-schema.ts";
import { groundOf } from "#server/patient/ground.ts";
import { expandPhrase } from "./expand-phrase.ts";
import { readFacts } from "./read-facts.ts";
import { markSource, variables } from "./variables.ts";

/** One line of the menu under the caret, with the very text that it puts in the note. */
export interface OfferedPhrase {
  /** Without its full stop. */
  readonly code: string;
  readonly title: string;
  readonly text: RichText;
}

/** More than anybody calls by heart. */
const most = 400;

/**
 * What may be called in a note of this patient: one's own phrases and the clinic's, and the variables; each said from the chart as it is now.
 * Own phrases win over the clinic's of the same word.
 */
export async function offeredPhrases(
  ctx: ClinicContext,
  { patientId }: { patientId: string },
): Promise<OfferedPhrase[]> {
  requirePermission(ctx, "chart:read");
  const now = new Date();
  return withStaff(ctx, async (db) => {
    const facts = await readFacts(db, ctx, patientId);
    const rows = await db.phrase.findMany({
      where: { clinicId: ctx.clinic.id, status: "active", OR: [{ ownerId: null }, { ownerId: ctx.user.id }] },
      select: { code: true, title: true, body: true, ownerId: true },
      orderBy: [{ ownerId: { sort: "asc", nulls: "last" } }, { code: "asc" }],
      take: most,
    });
    const offered = new Map<string, OfferedPhrase>();
    for (const { code, title, body } of rows)
      if (!offered.has(code)) offered.set(code, { code, title, text: expandPhrase(body, facts, ctx, now) });
    for (const { names, labels, say } of variables) {
      const code = names[ctx.locale];
      const said = say(facts, ctx, now);
      // Not known: a place to fill, as within a phrase. Left as the word that was typed, it would be signed so.
      const text: RichText = said ? markSource(code, said) : [{ runs: [`[${code}]`] }];
      if (!offered.has(code)) offered.set(code, { code, title: labels[ctx.locale], text });
    }
    // The menu shows them before any is chosen; once an hour is enough, since the note itself is told.
    const entry = { event: "phrase.offered", entity: "Patient", entityIds: [patientId], patientId };
    await recordRead(db, ctx, { ...entry, ground: groundOf(ctx) }, { refresh: true });
    return [...offered.values()].sort((one, other) => one.code.localeCompare(other.code));
  });
}
