import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { needRequest } from "./need-request.ts";
import type { ChangeRequestInput } from "./schema.ts";

/**
 * Puts a request aside: a double, a prank, somebody who will not come. Its visits must be off first.
 * @throws Conflict `stale`; Precondition `request.notOpen`, `request.visitStands`; NotFound
 */
export async function dismissRequest(ctx: ClinicContext, input: ChangeRequestInput): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id } = input;
  return withStaff(ctx, async (db) => {
    const request = await needRequest(db, ctx, input);
    if (request.status !== "open") throw precondition("request.notOpen");
    const standing = await db.appointment.findFirst({
      where: { clinicId, requestPersonId: id, status: { notIn: ["cancelled", "noshow", "entered-in-error"] } },
      select: { id: true },
    });
    if (standing) throw precondition("request.visitStands");
    await db.requestPerson.updateMany({
      where: { clinicId, id, version: request.version },
      data: { status: "dismissed", authorId: ctx.user.id, version: { increment: 1 } },
    });
    await recordAudit(db, ctx, {
      event: "request.dismissed",
      action: "U",
      entity: "RequestPerson",
      entityIds: [id],
      ground: groundOf(ctx),
    });
    return { version: request.version + 1 };
  });
}
