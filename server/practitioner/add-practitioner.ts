import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { checkMember } from "./check-member.ts";
import { checkPermit } from "./check-permit.ts";
import type { AddPractitionerInput } from "./schema.ts";

/**
 * Adds someone who gives care here, whether or not they sign in. Sent twice with one id, they are added once.
 * @throws Invalid beside its field
 */
export async function addPractitioner(ctx: ClinicContext, input: AddPractitionerInput): Promise<{ id: string }> {
  requirePermission(ctx, "practitioner:manage");
  const clinicId = ctx.clinic.id;
  const { id } = input;
  return withStaff(ctx, async (db) => {
    if (await db.practitioner.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await checkMember(db, clinicId, input);
    const professionalOrder = await checkPermit(db, clinicId, input);
    await db.practitioner.createMany({ data: { clinicId, ...input, professionalOrder } });
    await recordAudit(db, ctx, { event: "practitioner.added", action: "C", entity: "Practitioner", entityIds: [id] });
    return { id };
  });
}
