import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { conflict, notFound } from "#server/errors.ts";
import type { SaveLetterInput } from "./schema.ts";

interface Row {
  /** Null when it was refused. */
  readonly saved: number | null;
  readonly savedAt: Date | null;
  readonly revision: number;
  readonly lastSave: string | null;
  readonly lastSavedAt: Date;
  readonly closed: boolean;
  readonly by: string;
}

/**
 * Keeps what was typed, at every pause: one statement, one round trip, on top of the revision that this window had. A save that is sent again
 * because its answer was lost is told by its `saveId`. As with notes, the journal says begun, read and signed, and not each pause.
 * @throws Conflict `letter.signed` when it was signed or put aside meanwhile, `letter.moved` when another window wrote; Precondition
 * `chart.reasonNeeded` for somebody who never wrote in it and has no ground to open this chart; NotFound
 */
export async function saveLetter(
  ctx: ClinicContext,
  { id, revision, saveId, content }: SaveLetterInput,
): Promise<{ revision: number; savedAt: Date }> {
  requirePermission(ctx, "chart:write");
  const [first] = await keep(ctx, { id, revision, saveId, content });
  // It waited for another save and was then told what stood before it: asked again, it sees what that one wrote.
  const isOverdue = first && first.saved === null && first.revision === revision && !first.closed;
  const [row] = isOverdue ? await keep(ctx, { id, revision, saveId, content }) : [first];
  if (!row) throw notFound();
  if (row.saved !== null && row.savedAt) return { revision: row.saved, savedAt: row.savedAt };
  if (row.lastSave === saveId) return { revision: row.revision, savedAt: row.lastSavedAt };
  throw conflict(row.closed ? "letter.signed" : "letter.moved", {
    by: row.by,
    revision: row.revision,
    at: row.lastSavedAt,
  });
}

function keep(ctx: ClinicContext, { id, revision, saveId, content }: SaveLetterInput): Promise<Row[]> {
  return readAsStaff<Row>(ctx, {
    name: "letter_save",
    text: `with changed as (
        update clinic.letter_draft d set content = $4::jsonb, revision = d.revision + 1, save_id = $5, saved_at = now(), saved_by = $3
        where d.clinic_id = $1 and d.letter_id = $2 and d.revision = $6 and d.closed_at is null
          and (d.author_id = $3 or d.saved_by = $3 or clinic.grounded(d.patient_id))
        returning d.revision, d.saved_at
      )
      select c.revision as saved, c.saved_at as "savedAt", d.revision, d.save_id as "lastSave", d.saved_at as "lastSavedAt", d.closed_at is not null as closed,
        case when c.revision is null then coalesce((select m.display_name from identity.membership m
          where m.clinic_id = d.clinic_id and m.user_id = d.saved_by), '') else '' end as by
      from clinic.letter_draft d left join changed c on true where d.clinic_id = $1 and d.letter_id = $2`,
    values: [ctx.clinic.id, id, ctx.user.id, JSON.stringify(content), saveId, revision],
  });
}
