import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "./ground.ts";
import { formatNam } from "./nam.ts";
import { namPlace } from "./seal-nam.ts";

/** The whole NAM, `AAAA 9999 9999`, for once: who saw it is journaled before it is shown. @throws NotFound also when there is none */
export async function revealNam(ctx: ClinicContext, { id }: { id: string }): Promise<{ nam: string }> {
  requirePermission(ctx, "patient:read");
  const clinicId = ctx.clinic.id;
  const key = await openClinicKey(clinicId);
  return withStaff(ctx, async (db) => {
    const row = await db.patient.findFirst({ where: { clinicId, id }, select: { namSealed: true } });
    if (!row?.namSealed) throw notFound();
    await recordAudit(db, ctx, {
      event: "patient.nam-revealed",
      action: "R",
      entity: "Patient",
      entityIds: [id],
      patientId: id,
      ground: groundOf(ctx),
    });
    return { nam: formatNam(openText(key, namPlace(clinicId, id), row.namSealed)) };
  });
}
