import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { checkMember } from "./check-member.ts";
import { checkPermit } from "./check-permit.ts";
import { readPractitioner } from "./record.ts";
import type { ChangePractitionerInput } from "./schema.ts";

/**
 * Changes a practitioner, or notes that they left; what they signed stays theirs.
 * @throws Conflict `stale` with the practitioner as they are now; Invalid beside its field; NotFound
 */
export async function changePractitioner(
  ctx: ClinicContext,
  input: ChangePractitionerInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "practitioner:manage");
  const clinicId = ctx.clinic.id;
  const { id, version, active, ...card } = input;
  return withStaff(ctx, async (db) => {
    await checkMember(db, clinicId, input);
    const professionalOrder = await checkPermit(db, clinicId, input);
    const before = await readPractitioner(db, clinicId, id);
    const { count } = await db.practitioner.updateMany({
      where: { clinicId, id, version },
      data: {
        ...card,
        professionalOrder,
        status: active ? "active" : "inactive",
        version: version + 1,
        // The picture is of one person's hand: it does not pass to whoever takes the place.
        ...(before?.membershipId && before.membershipId !== card.membershipId && { signatureFileId: null }),
      },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, await readPractitioner(db, clinicId, id));
    await recordAudit(db, ctx, {
      event: "practitioner.changed",
      action: "U",
      entity: "Practitioner",
      entityIds: [id],
      detail: { version: version + 1, active },
    });
    return { version: version + 1 };
  });
}
