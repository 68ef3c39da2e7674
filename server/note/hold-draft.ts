import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { notFound } from "#server/errors.ts";
import { type HoldDraftInput, heldSeconds } from "./schema.ts";

/**
 * A sign of life of whoever writes, or `release` when they leave. It takes nothing from anybody.
 * @returns whether this window still holds the edit
 * @throws NotFound
 */
export async function holdDraft(ctx: ClinicContext, { id, tab, release }: HoldDraftInput): Promise<{ held: boolean }> {
  requirePermission(ctx, "chart:write");
  const [row] = await readAsStaff<{ held: boolean }>(ctx, {
    name: "note_hold",
    text: `with changed as (
        update clinic.note_draft set held_until = case when $5 then now() else now() + make_interval(secs => $6) end
        where clinic_id = $1 and note_id = $2 and holder_id = $3 and holder_tab = $4 and closed_at is null and held_until > now()
        returning not $5 as held
      )
      select coalesce((select c.held from changed c), false) as held from clinic.note_draft d where d.clinic_id = $1 and d.note_id = $2`,
    values: [ctx.clinic.id, id, ctx.user.id, tab, release, heldSeconds],
  });
  if (!row) throw notFound();
  return row;
}
