import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { QuestionnaireItem } from "./schema.ts";
import { shippedQuestionnaires } from "./shipped.ts";
import { usualTemplate } from "./usual-template.ts";

export interface QuestionnaireRecord {
  /** Null for a shipped one: it is chosen by its name. */
  readonly id: string | null;
  readonly shipped: string | null;
  readonly title: string;
  readonly profession: string;
  readonly items: readonly QuestionnaireItem[];
  /** Which version of what is asked. */
  readonly number: number;
  /** Of its author alone. */
  readonly own: boolean;
  /** For the optimistic lock; 0 for a shipped one. */
  readonly version: number;
}

interface Row extends QuestionnaireRecord {
  readonly id: string;
}

/**
 * The templates that this person may write on: their own, the clinic's, and the shipped ones in their language. What they write on most comes
 * first, then their own and what their profession uses.
 */
export async function listQuestionnaires(ctx: ClinicContext): Promise<QuestionnaireRecord[]> {
  requirePermission(ctx, "chart:read");
  const [own, usual] = await withStaff(ctx, async (db) => [
    await db.$queryRaw<Row[]>`
      select q.id, null as shipped, q.title, q.profession, v.items, q.number, q.owner_id is not null as own, q.version
      from clinic.questionnaire q
      join clinic.questionnaire_version v on v.clinic_id = q.clinic_id and v.questionnaire_id = q.id and v.number = q.number
      where q.clinic_id = ${ctx.clinic.id}::uuid and q.status = 'active' and q.shipped_key is null
        and (q.owner_id is null or q.owner_id = ${ctx.user.id}::uuid)
      order by q.title, q.id limit 200`,
    await usualTemplate(db, ctx),
  ]);
  const shipped = shippedQuestionnaires
    .filter(({ key }) => key.endsWith(`.${ctx.locale}`))
    .map(({ key, number, title, profession, items }) => ({
      id: null,
      shipped: key,
      title,
      profession,
      items,
      number,
      own: false,
      version: 0,
    }));
  const rank = ({ id, shipped: key, own: mine, profession }: QuestionnaireRecord) => {
    if ("shipped" in usual ? usual.shipped === key : usual.questionnaireId === id) return -1;
    if (mine) return 0;
    if (profession !== "" && profession === ctx.membership.profession) return 1;
    return profession === "" ? 2 : 3;
  };
  return [...own, ...shipped].sort((one, other) => rank(one) - rank(other));
}
