import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { conflict, notFound } from "#server/errors.ts";
import { heldSeconds, type SaveDraftInput } from "./schema.ts";

interface Row {
  readonly saved: number | null;
  readonly savedAt: Date | null;
  readonly revision: number;
  readonly lastSave: string | null;
  readonly lastSavedAt: Date;
  readonly closed: boolean;
  readonly holderId: string | null;
  readonly holderTab: string | null;
  readonly holder: string;
  readonly heldUntil: Date | null;
}

export interface SavedDraft {
  readonly revision: number;
  readonly savedAt: Date;
}

/**
 * Keeps what was typed, at every pause: one statement, one round trip. It is written on top of the revision that this window had, while this
 * window holds the edit or nobody does; a save that is sent again because its answer was lost is told by its `saveId`. The journal says when a
 * note is begun, read, taken over and signed; the pauses between are its text's, and are not told one by one.
 * @throws Conflict `note.signed` when it was signed meanwhile, `note.held` when another holds it, `note.moved` when another wrote; Precondition
 * `chart.reasonNeeded` for somebody who never wrote in it and has no ground to open this chart; NotFound
 */
export async function saveDraft(ctx: ClinicContext, input: SaveDraftInput): Promise<SavedDraft> {
  requirePermission(ctx, "chart:write");
  const [first] = await keep(ctx, input);
  // It waited for another save and was then told what stood before it: asked again, it sees what that one wrote.
  const isOverdue =
    first && first.saved === null && first.revision === input.revision && !isElsewhere(first, input.tab);
  const [row] = isOverdue && !first.closed ? await keep(ctx, input) : [first];
  if (!row) throw notFound();
  if (row.saved !== null && row.savedAt) return { revision: row.saved, savedAt: row.savedAt };
  if (row.lastSave === input.saveId) return { revision: row.revision, savedAt: row.lastSavedAt };
  const by = { by: row.holder, revision: row.revision, at: row.lastSavedAt };
  if (row.closed) throw conflict("note.signed", by);
  throw conflict(isElsewhere(row, input.tab) ? "note.held" : "note.moved", by);
}

/** Another window holds the edit. */
const isElsewhere = ({ heldUntil, holderTab }: Row, tab: string) =>
  heldUntil !== null && heldUntil > new Date() && holderTab !== tab;

function keep(ctx: ClinicContext, input: SaveDraftInput): Promise<Row[]> {
  return readAsStaff<Row>(ctx, {
    name: "note_save",
    text: `with changed as (
        update clinic.note_draft d set title = $5, answers = $6::jsonb, diagnoses = $7::jsonb, revision = d.revision + 1, save_id = $8, saved_at = now(),
          saved_by = $3, holder_id = $3, holder_tab = $4, held_until = now() + make_interval(secs => $10)
        where d.clinic_id = $1 and d.note_id = $2 and d.revision = $9 and d.closed_at is null
          and (d.held_until is null or d.held_until <= now() or d.holder_tab = $4)
          and (d.author_id = $3 or d.saved_by = $3 or d.holder_id = $3 or clinic.grounded(d.patient_id))
        returning d.revision, d.saved_at
      )
      select c.revision as saved, c.saved_at as "savedAt", d.revision, d.save_id as "lastSave", d.saved_at as "lastSavedAt", d.closed_at is not null as closed,
        d.holder_id as "holderId", d.holder_tab as "holderTab", case when c.revision is null then coalesce((select m.display_name from identity.membership m
          where m.clinic_id = d.clinic_id and m.user_id = coalesce(d.holder_id, d.saved_by)), '') else '' end as holder, d.held_until as "heldUntil"
      from clinic.note_draft d left join changed c on true where d.clinic_id = $1 and d.note_id = $2`,
    values: [
      ctx.clinic.id,
      input.id,
      ctx.user.id,
      input.tab,
      input.title,
      JSON.stringify(input.answers),
      JSON.stringify(input.diagnoses),
      input.saveId,
      input.revision,
      heldSeconds,
    ],
  });
}
