import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { checkResource } from "./check-resource.ts";
import { readRoom } from "./record.ts";
import type { ChangeResourceInput } from "./schema.ts";

/**
 * Changes a room or a device, moves it, or puts it out of service; the visits that it waits for become a list of work.
 * @throws Conflict `stale` with the room as it is now; Invalid beside its field; NotFound
 */
export async function changeResource(ctx: ClinicContext, input: ChangeResourceInput): Promise<{ version: number }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { id, version, active, ...card } = input;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    if (active) await checkResource(db, clinicId, input);
    const { count } = await db.resource.updateMany({
      where: { clinicId, id, version, kind: { not: "practitioner" } },
      data: { ...card, status: active ? "active" : "inactive", version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, await readRoom(db, clinicId, id));
    await recordAudit(db, ctx, {
      event: "resource.changed",
      action: "U",
      entity: "Resource",
      entityIds: [id],
      detail: { version: version + 1, active },
    });
    return { version: version + 1 };
  });
}
