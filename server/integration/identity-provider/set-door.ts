import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { discoverProvider } from "#server/auth/oidc/discover-provider.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { requireIntegration } from "../require-integration.ts";
import { findProvider, type ProviderRecord } from "./record.ts";
import type { SetDoorInput } from "./schema.ts";

/**
 * Opens the provider's door, once the integration is on and the provider has answered; or shuts it, which ends at once the
 * sessions that it opened.
 * @throws Precondition `signIn.confirmNeeded`, `integration.off`, and as discoverProvider does; Conflict `stale`
 */
export async function setDoor(ctx: ClinicContext, { version, open }: SetDoorInput): Promise<ProviderRecord> {
  requirePermission(ctx, "clinic:security");
  requireRecentProof(ctx);
  const clinicId = ctx.clinic.id;
  if (open) {
    const known = await withStaff(ctx, async (db) => {
      await requireIntegration(db, clinicId, "oidc");
      return findProvider(db, clinicId);
    });
    if (!known) throw notFound();
    await discoverProvider({ ...known, clientSecret: null });
  }
  return withStaff(ctx, async (db) => {
    // Asked again: it may have been switched off while the provider answered.
    if (open) await requireIntegration(db, clinicId, "oidc");
    const { count } = await db.oidcProvider.updateMany({
      where: { clinicId, version },
      data: {
        enabled: open,
        version: version + 1,
        lastUpdated: new Date(),
        ...(open ? {} : { sessionsValidAfter: new Date() }),
      },
    });
    const after = await findProvider(db, clinicId);
    if (count === 0 || !after) throw await refuseStale(db, ctx, clinicId, after);
    await recordAudit(db, ctx, {
      event: open ? "identity-provider.opened" : "identity-provider.shut",
      action: "U",
      entity: "IdentityProvider",
      entityIds: [clinicId],
      detail: { version: after.version },
    });
    return after;
  });
}
