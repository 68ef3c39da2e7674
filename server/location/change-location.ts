import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { readPhone } from "#server/phone.ts";
import { freeName } from "./free-name.ts";
import { readLocations } from "./record.ts";
import type { ChangeLocationInput } from "./schema.ts";

/**
 * Changes a location, or puts it out of service; what happened there stays.
 * @throws Conflict `stale` with the location as it is now; Precondition `lastLocation`; Invalid beside its field; NotFound
 */
export async function changeLocation(ctx: ClinicContext, input: ChangeLocationInput): Promise<{ version: number }> {
  requirePermission(ctx, "location:manage");
  const clinicId = ctx.clinic.id;
  const { id, version, active, phone, ...card } = input;
  const kept = readPhone(phone, "phone");
  return withStaff(ctx, async (db) => {
    await freeName(db, clinicId, input);
    if (!active) {
      // Locked, so that two people closing the last two places at once do not both succeed.
      const others = await db.$queryRaw<{ id: string }[]>`
        select id from clinic.location where clinic_id = ${clinicId}::uuid and status = 'active' order by id for update`;
      if (!others.some((other) => other.id !== id)) throw precondition("lastLocation");
    }
    const { count } = await db.location.updateMany({
      where: { clinicId, id, version },
      data: { ...card, phone: kept, status: active ? "active" : "inactive", version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, (await readLocations(db, clinicId, id))[0] ?? null);
    await recordAudit(db, ctx, {
      event: "location.changed",
      action: "U",
      entity: "Location",
      entityIds: [id],
      detail: { version: version + 1, active },
    });
    return { version: version + 1 };
  });
}
