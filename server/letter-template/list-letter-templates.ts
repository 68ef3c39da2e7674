import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { LetterKind } from "#server/letter/schema.ts";
import type { TemplateContent } from "./schema.ts";

export interface LetterTemplateRecord {
  readonly id: string;
  readonly kind: LetterKind;
  readonly title: string;
  readonly content: TemplateContent;
  /** Which version of what it says. */
  readonly number: number;
  /** For the optimistic lock. */
  readonly version: number;
}

/** The clinic's templates of letters, by title. They are of no patient: reading them is not journaled. */
export async function listLetterTemplates(ctx: ClinicContext): Promise<LetterTemplateRecord[]> {
  requirePermission(ctx, "chart:read");
  return withStaff(
    ctx,
    (db) => db.$queryRaw<LetterTemplateRecord[]>`
      select t.id, t.kind, t.title, v.content, t.number, t.version
      from clinic.letter_template t
      join clinic.letter_template_version v on v.clinic_id = t.clinic_id and v.template_id = t.id and v.number = t.number
      where t.clinic_id = ${ctx.clinic.id}::uuid and t.status = 'active'
      order by t.title, t.id limit 200`,
  );
}
