import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { Named } from "./record.ts";

/** The people whose gestures the journal may hold: members past and present, by name; at most 500. */
export async function listAuditAgents(ctx: ClinicContext): Promise<Named[]> {
  requirePermission(ctx, "audit:read");
  return withStaff(ctx, async (db) => {
    const members = await db.membership.findMany({
      where: { clinicId: ctx.clinic.id },
      select: { userId: true, displayName: true },
      orderBy: [{ displayName: "asc" }, { id: "asc" }],
      take: 500,
    });
    return members.map(({ userId, displayName }) => ({ id: userId, label: displayName }));
  });
}
