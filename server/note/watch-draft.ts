import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { notFound } from "#server/errors.ts";

/** How a note that somebody else writes is getting on: nothing of its text. */
export interface DraftWatch {
  readonly revision: number;
  readonly closed: boolean;
  readonly holder: { readonly userId: string; readonly name: string; readonly until: Date } | null;
}

interface Row {
  readonly revision: number;
  readonly closed: boolean;
  readonly userId: string | null;
  readonly name: string;
  readonly until: Date | null;
}

/** Asked again by a page that waits. @throws NotFound */
export async function watchDraft(ctx: ClinicContext, { id }: { id: string }): Promise<DraftWatch> {
  requirePermission(ctx, "chart:write");
  const [row] = await readAsStaff<Row>(ctx, {
    name: "note_watch",
    text: `select d.revision, d.closed_at is not null as closed, d.holder_id as "userId", coalesce(m.display_name, '') as name, d.held_until as until
      from clinic.note_draft d left join identity.membership m on m.clinic_id = d.clinic_id and m.user_id = d.holder_id
      where d.clinic_id = $1 and d.note_id = $2`,
    values: [ctx.clinic.id, id],
  });
  if (!row) throw notFound();
  const { revision, closed, userId, name, until } = row;
  return { revision, closed, holder: userId && until && until > new Date() ? { userId, name, until } : null };
}
