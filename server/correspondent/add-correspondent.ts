import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { composeCorrespondent } from "./record.ts";
import type { AddCorrespondentInput } from "./schema.ts";

/** A doctor, pharmacy or establishment that the clinic deals with. Sent twice with one id, once. @throws Invalid beside the field */
export async function addCorrespondent(
  ctx: ClinicContext,
  { id, ...fields }: AddCorrespondentInput,
): Promise<{ id: string }> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  const columns = composeCorrespondent(fields);
  return withStaff(ctx, async (db) => {
    const mine = { clinicId, id, authorId: ctx.user.id };
    if (await db.correspondent.findFirst({ where: mine, select: { id: true } })) return { id };
    await db.correspondent.createMany({ data: { ...mine, ...columns } });
    await recordAudit(db, ctx, { event: "correspondent.added", action: "C", entity: "Correspondent", entityIds: [id] });
    return { id };
  });
}
