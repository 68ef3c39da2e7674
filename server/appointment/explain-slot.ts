import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { notFound } from "#server/errors.ts";
import { explainText, explainValues } from "./explain-times.ts";
import type { Explanation } from "./record.ts";
import type { ExplainInput } from "./schema.ts";

/**
 * Whether a time is free for a service, and every reason why not, with the next three that are; in one round trip.
 * @throws NotFound when there is no such service or place
 */
export async function explainSlot(ctx: ClinicContext, { date, minute, ...asked }: ExplainInput): Promise<Explanation> {
  requirePermission(ctx, "appointment:read");
  const [row] = await readAsStaff<{ explanation: Explanation | null }>(ctx, {
    name: "chevet_explain",
    text: explainText,
    values: explainValues(ctx.clinic.id, asked, [{ date, minute }], 3),
  });
  if (!row?.explanation) throw notFound();
  return row.explanation;
}
