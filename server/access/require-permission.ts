import type { ClinicContext } from "#server/context.ts";
import { forbidden } from "#server/errors.ts";
import type { Permission } from "./permissions.ts";

/** @throws Forbidden: the member is known here, and this is not theirs to do. */
export function requirePermission(ctx: ClinicContext, permission: Permission): void {
  if (!ctx.membership.permissions.has(permission)) throw forbidden();
}
