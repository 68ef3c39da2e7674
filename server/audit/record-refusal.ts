import type { Permission } from "#server/access/permissions.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { recordAudit } from "./record-audit.ts";

/** A member asked for what their role does not hold: kept, in a transaction of its own, since the call itself does nothing. */
export function recordRefusal(ctx: ClinicContext, permission: Permission, path: string): Promise<void> {
  return withStaff(ctx, (db) =>
    recordAudit(db, ctx, {
      event: "access.refused",
      action: "E",
      outcome: "refused",
      entity: "Permission",
      detail: { permission, path },
    }),
  );
}
