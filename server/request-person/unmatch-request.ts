import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { needRequest } from "./need-request.ts";
import type { ChangeRequestInput } from "./schema.ts";

/**
 * Takes a match or a dismissal back: the visits leave the record they had joined, and the request waits again.
 * @throws Conflict `stale`; Precondition `request.open` when it waits already, `request.visitBegun` once the person has come, `request.erased`; NotFound
 */
export async function unmatchRequest(ctx: ClinicContext, input: ChangeRequestInput): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id } = input;
  return withStaff(ctx, async (db) => {
    const request = await needRequest(db, ctx, input);
    if (request.status === "open") throw precondition("request.open");
    if (request.status === "erased") throw precondition("request.erased");
    const begun = await db.appointment.findFirst({
      where: { clinicId, requestPersonId: id, status: { in: ["arrived", "checked-in", "fulfilled"] } },
      select: { id: true },
    });
    if (begun) throw precondition("request.visitBegun");
    await db.requestPerson.updateMany({
      where: { clinicId, id, version: request.version },
      data: { status: "open", patientId: null, version: { increment: 1 } },
    });
    await db.appointment.updateMany({
      where: { clinicId, requestPersonId: id },
      data: { patientId: null, version: { increment: 1 } },
    });
    await recordAudit(db, ctx, {
      event: "request.unmatched",
      action: "U",
      entity: "RequestPerson",
      entityIds: [id],
      ...(request.patientId ? { patientId: request.patientId } : {}),
      ground: groundOf(ctx),
    });
    return { version: request.version + 1 };
  });
}
