import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";

export interface Reviewer {
  readonly userId: string;
  readonly name: string;
}

/** Whom a document may be sent to: the members who give care, by name. */
export async function listReviewers(ctx: ClinicContext): Promise<Reviewer[]> {
  requirePermission(ctx, "document:file");
  const members = await withStaff(ctx, (db) =>
    db.membership.findMany({
      where: {
        clinicId: ctx.clinic.id,
        status: "active",
        OR: [{ role: { in: ["professional", "trainee"] } }, { profession: { not: "" } }],
      },
      orderBy: { displayName: "asc" },
      take: 500,
      select: { userId: true, displayName: true },
    }),
  );
  return members.map(({ userId, displayName }) => ({ userId, name: displayName }));
}
