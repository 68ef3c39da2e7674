import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";

export interface Policy {
  readonly requireSecondFactor: boolean;
  readonly idleMinutes: number;
  readonly version: number;
}

/** How this clinic wants its people to sign in. */
export async function readPolicy(ctx: ClinicContext): Promise<Policy> {
  requirePermission(ctx, "clinic:security");
  const clinicId = ctx.clinic.id;
  const row = await withStaff(ctx, (db) =>
    db.clinicPolicy.findUnique({
      where: { clinicId },
      select: { requireSecondFactor: true, idleMinutes: true, version: true },
    }),
  );
  if (!row) throw notFound();
  return row;
}
