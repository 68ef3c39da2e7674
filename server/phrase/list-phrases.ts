import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";

export interface PhraseRecord {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly body: string;
  /** Of its author alone. */
  readonly own: boolean;
  readonly version: number;
}

/** One's own phrases and the clinic's, as they were written. */
export async function listPhrases(ctx: ClinicContext): Promise<PhraseRecord[]> {
  requirePermission(ctx, "chart:read");
  return readAsStaff<PhraseRecord>(ctx, {
    name: "phrase_list",
    text: `select p.id, p.code, p.title, p.body, p.owner_id is not null as own, p.version from clinic.phrase p
      where p.clinic_id = $1 and p.status = 'active' and (p.owner_id is null or p.owner_id = $2)
      order by p.code, p.owner_id nulls last limit 500`,
    values: [ctx.clinic.id, ctx.user.id],
  });
}
