import { requirePermission } from "#server/access/require-permission.ts";
import { callbackAddress } from "#server/auth/oidc/provider.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { needEnv } from "#server/env.ts";
import { findProvider, type ProviderRecord } from "./record.ts";

export interface ProviderSettings {
  readonly provider: ProviderRecord | null;
  /** What the provider is told: where people are sent back. */
  readonly callback: string;
  /** What the clinic's people are told: where their door is. */
  readonly door: string;
}

export async function readProvider(ctx: ClinicContext): Promise<ProviderSettings> {
  requirePermission(ctx, "clinic:security");
  const { id, slug } = ctx.clinic;
  const provider = await withStaff(ctx, (db) => findProvider(db, id));
  return { provider, callback: callbackAddress(id), door: `${needEnv("CHEVET_ORIGIN")}/connexion?clinique=${slug}` };
}
