import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { findAppointment } from "./appointment-row.ts";
import type { RevokeLinksInput } from "./schema.ts";

/**
 * Shuts every link that opens this visit: a mail that went to somebody else, a telephone that was lost. Later messages carry links of their own.
 * Said twice, they are shut. @throws NotFound
 */
export async function revokeLinks(ctx: ClinicContext, { id }: RevokeLinksInput): Promise<{ revoked: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const appointment = await findAppointment(db, clinicId, id);
    if (!appointment) throw notFound();
    const { count: revoked } = await db.appointmentAccess.updateMany({
      where: { clinicId, appointmentId: id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    await recordAudit(db, ctx, {
      event: "appointment.links-revoked",
      action: "U",
      entity: "Appointment",
      entityIds: [id],
      ...(appointment.patientId ? { patientId: appointment.patientId } : {}),
      ground: groundOf(ctx),
      detail: { revoked },
    });
    return { revoked };
  });
}
