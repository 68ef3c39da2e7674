import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";

/**
 * Whose agenda it is, and as whom its calendar reads: the practitioner's own account, or whoever manages schedules where they have none.
 * One's own agenda is one's own affair; another's asks for schedule:manage.
 * @throws NotFound for no practitioner of this clinic, and Forbidden for another's agenda
 */
export async function feedOwner(
  db: Db,
  ctx: ClinicContext,
  practitionerId: string,
): Promise<{ userId: string; active: boolean }> {
  const clinicId = ctx.clinic.id;
  const practitioner = await db.practitioner.findFirst({
    where: { clinicId, id: practitionerId },
    select: { membershipId: true, status: true },
  });
  if (!practitioner) throw notFound();
  const { membershipId, status } = practitioner;
  const active = status === "active";
  if (membershipId === ctx.membership.id) return { userId: ctx.user.id, active };
  requirePermission(ctx, "schedule:manage");
  const member = membershipId
    ? await db.membership.findFirst({
        where: { clinicId, id: membershipId, status: "active" },
        select: { userId: true },
      })
    : null;
  return { userId: member?.userId ?? ctx.user.id, active };
}
