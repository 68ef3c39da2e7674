import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readPhone } from "#server/phone.ts";
import { freeName } from "./free-name.ts";
import type { AddLocationInput } from "./schema.ts";

/**
 * Adds a place where the clinic receives people. Sent twice with one id, it is added once.
 * @throws Invalid beside its field, also when another location has the name
 */
export async function addLocation(ctx: ClinicContext, input: AddLocationInput): Promise<{ id: string }> {
  requirePermission(ctx, "location:manage");
  const clinicId = ctx.clinic.id;
  const { id, phone, ...card } = input;
  const kept = readPhone(phone, "phone");
  return withStaff(ctx, async (db) => {
    if (await db.location.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await freeName(db, clinicId, input);
    await db.location.createMany({ data: { clinicId, id, ...card, phone: kept } });
    await recordAudit(db, ctx, { event: "location.added", action: "C", entity: "Location", entityIds: [id] });
    return { id };
  });
}
