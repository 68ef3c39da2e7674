import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";

/** Above this, « 99+ » says enough. */
const enough = 100;

/** How many documents wait: to be filed by anybody, and to be reviewed by this person. A number says nothing of anyone, so nothing is journaled. */
export async function countDocuments(ctx: ClinicContext): Promise<{ toFile: number; toReview: number }> {
  requirePermission(ctx, "document:file");
  const [counts] = await readAsStaff<{ toFile: number; toReview: number }>(ctx, {
    name: "chevet_count_documents",
    text: `select
      (select count(*)::int from (select from clinic.document d where d.clinic_id = $1::uuid and d.status = 'received' limit ${enough}) a) as "toFile",
      (select count(*)::int from (select from clinic.document d where d.clinic_id = $1::uuid and d.reviewer_id = $2::uuid limit ${enough}) b) as "toReview"`,
    values: [ctx.clinic.id, ctx.user.id],
  });
  return counts ?? { toFile: 0, toReview: 0 };
}
