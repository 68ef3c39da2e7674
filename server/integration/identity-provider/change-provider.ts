import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { sealClientSecret } from "#server/auth/oidc/provider.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound } from "#server/errors.ts";
import { mayBeSpokenTo } from "#server/outbound/check-destination.ts";
import { findProvider, type ProviderRecord } from "./record.ts";
import type { ChangeProviderInput } from "./schema.ts";

/**
 * Writes down a clinic's provider, or changes it. **Another issuer is another recipient**: the door shuts, the sessions that
 * it opened end, the links made there open nothing, and the integration goes off until the clinic has said where the new
 * one is (AC-05). Another client at the same issuer ends the sessions; another name or secret disturbs nobody.
 * @throws Precondition `signIn.confirmNeeded`; Invalid `oidc.issuerHttps`; Conflict `stale` with the version there is
 */
export async function changeProvider(ctx: ClinicContext, input: ChangeProviderInput): Promise<ProviderRecord> {
  requirePermission(ctx, "clinic:security");
  requireRecentProof(ctx);
  const { version, clientSecret, ...written } = input;
  if (!mayBeSpokenTo(new URL(input.issuer))) throw invalid("invalid", { issuer: "oidc.issuerHttps" });
  const clinicId = ctx.clinic.id;
  // A key is opened before a transaction, never inside it.
  const secret = clientSecret ? { sealedClientSecret: await sealClientSecret(clinicId, clientSecret) } : {};
  return withStaff(ctx, async (db) => {
    const before = await findProvider(db, clinicId);
    if ((before?.version ?? null) !== version) throw await refuseStale(db, ctx, clinicId, before);
    const moved = before !== null && before.issuer !== input.issuer;
    const ends = moved || (before !== null && before.clientId !== input.clientId);
    const data = {
      ...written,
      // A secret belongs with the client that it was given for.
      ...(ends ? { sealedClientSecret: null } : {}),
      ...secret,
      ...(moved ? { enabled: false } : {}),
      ...(ends ? { sessionsValidAfter: new Date() } : {}),
      lastUpdated: new Date(),
    };
    if (version === null) await db.oidcProvider.createMany({ data: { clinicId, ...data } });
    else {
      const { count } = await db.oidcProvider.updateMany({
        where: { clinicId, version },
        data: { ...data, version: version + 1 },
      });
      if (count === 0) throw await refuseStale(db, ctx, clinicId, await findProvider(db, clinicId));
    }
    await recordAudit(db, ctx, {
      event: "identity-provider.changed",
      action: version === null ? "C" : "U",
      entity: "IdentityProvider",
      entityIds: [clinicId],
      detail: { version: (version ?? 0) + 1, moved, sessionsEnded: ends, secretChanged: clientSecret !== "" },
    });
    if (moved) await switchOff(db, ctx);
    const after = await findProvider(db, clinicId);
    if (!after) throw notFound();
    return after;
  });
}

/** The clinic vouched for another recipient. */
async function switchOff(db: Db, ctx: ClinicContext): Promise<void> {
  const where = { clinicId: ctx.clinic.id, code: "oidc" };
  const row = await db.integration.findFirst({
    where: { ...where, enabled: true },
    select: { id: true, version: true },
  });
  if (!row) return;
  const version = row.version + 1;
  await db.integration.updateMany({ where, data: { enabled: false, version } });
  await recordAudit(db, ctx, {
    event: "integration.disabled",
    action: "U",
    entity: "Integration",
    entityIds: [row.id],
    detail: { code: "oidc", version },
  });
}
