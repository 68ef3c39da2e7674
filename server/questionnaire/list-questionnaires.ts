import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import type { QuestionnaireItem } from "./schema.ts";
import { shippedQuestionnaires } from "./shipped.ts";

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
 * The templates that this person may write on: their own, the clinic's, and the shipped ones in their language; what their profession uses
 * first.
 */
export async function listQuestionnaires(ctx: ClinicContext): Promise<QuestionnaireRecord[]> {
  requirePermission(ctx, "chart:read");
  const own = await readAsStaff<Row>(ctx, {
    name: "questionnaire_list",
    text: `select q.id, null as shipped, q.title, q.profession, v.items, q.number, q.owner_id is not null as own, q.version
      from clinic.questionnaire q
      join clinic.questionnaire_version v on v.clinic_id = q.clinic_id and v.questionnaire_id = q.id and v.number = q.number
      where q.clinic_id = $1 and q.status = 'active' and q.shipped_key is null and (q.owner_id is null or q.owner_id = $2)
      order by q.title, q.id limit 200`,
    values: [ctx.clinic.id, ctx.user.id],
  });
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
  const rank = ({ own: mine, profession }: QuestionnaireRecord) => {
    if (mine) return 0;
    if (profession !== "" && profession === ctx.membership.profession) return 1;
    return profession === "" ? 2 : 3;
  };
  return [...own, ...shipped].sort((one, other) => rank(one) - rank(other));
}
