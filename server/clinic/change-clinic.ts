import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readPhone } from "#server/phone.ts";
import { readCard } from "./read-clinic.ts";
import type { ChangeClinicInput } from "./settings-schema.ts";

/**
 * Changes the clinic's card, and the name that the host's list shows with it.
 * @throws Conflict `stale` with the card as it is now; Invalid beside its field
 */
export async function changeClinic(ctx: ClinicContext, input: ChangeClinicInput): Promise<{ version: number }> {
  requirePermission(ctx, "clinic:manage");
  const clinicId = ctx.clinic.id;
  const { version, neutralName, phone, privacyOfficerPhone, ...card } = input;
  const data = {
    ...card,
    neutralName: neutralName || null,
    phone: readPhone(phone, "phone"),
    privacyOfficerPhone: readPhone(privacyOfficerPhone, "privacyOfficerPhone"),
    version: version + 1,
  };
  return withStaff(ctx, async (db) => {
    const { count } = await db.clinic.updateMany({ where: { clinicId, version }, data });
    if (count === 0) throw await refuseStale(db, ctx, clinicId, await readCard(db, clinicId), "Clinic");
    await db.clinicRegistration.updateMany({
      where: { clinicId, displayName: { not: card.name } },
      data: { displayName: card.name, lastUpdated: new Date(), version: { increment: 1 } },
    });
    await recordAudit(db, ctx, {
      event: "clinic.changed",
      action: "U",
      entity: "Clinic",
      entityIds: [clinicId],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
