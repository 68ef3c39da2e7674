import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { checkResource } from "./check-resource.ts";
import type { AddResourceInput } from "./schema.ts";

/**
 * Adds a room or a device at a location. Sent twice with one id, it is added once.
 * @throws Invalid beside its field, also when another one there has the name
 */
export async function addResource(ctx: ClinicContext, input: AddResourceInput): Promise<{ id: string }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { id, kind } = input;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    if (await db.resource.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await checkResource(db, clinicId, input);
    await db.resource.createMany({ data: { clinicId, ...input } });
    await recordAudit(db, ctx, {
      event: "resource.added",
      action: "C",
      entity: "Resource",
      entityIds: [id],
      detail: { kind },
    });
    return { id };
  });
}
