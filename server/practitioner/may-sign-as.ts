import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";

/**
 * A signature is a person's own: the practitioner themself sees and changes it, and whoever manages practitioners.
 * @throws Forbidden
 */
export function maySignAs(ctx: ClinicContext, { membershipId }: { readonly membershipId: string | null }): void {
  if (membershipId === ctx.membership.id) return;
  requirePermission(ctx, "practitioner:manage");
}
