import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { requireRecentProof } from "#server/auth/proof/require-recent-proof.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { mayBeSpokenTo } from "#server/outbound/check-destination.ts";
import { readPhone } from "#server/phone.ts";
import { findFaxAccount } from "./read-account.ts";
import { type FaxAccountRecord, faxSecretPlace } from "./record.ts";
import type { ChangeFaxAccountInput } from "./schema.ts";

/**
 * Writes down the clinic's fax service, or changes it. **Another host is another recipient**: the secret that was given for the first is dropped, and
 * the integration goes off until the clinic has said where the new one is (AC-05).
 * @throws Precondition `signIn.confirmNeeded`; Invalid `fax.urlHttps`; Conflict `stale` with the version there is
 */
export async function changeFaxAccount(ctx: ClinicContext, input: ChangeFaxAccountInput): Promise<FaxAccountRecord> {
  requirePermission(ctx, "integration:manage");
  requireRecentProof(ctx);
  const { version, apiUrl, account, secret } = input;
  if (!mayBeSpokenTo(new URL(apiUrl))) throw invalid("invalid", { apiUrl: "fax.urlHttps" });
  const sender = readPhone(input.sender, "sender");
  const clinicId = ctx.clinic.id;
  const sealed = secret && sealValue(await openClinicKey(clinicId), faxSecretPlace(clinicId), secret);
  return withStaff(ctx, async (db) => {
    const before = await db.faxAccount.findFirst({ where: { clinicId } });
    if ((before?.version ?? null) !== version) throw await refuseStale(db, ctx, clinicId, shown(before), "FaxAccount");
    const moved = before !== null && new URL(before.apiUrl).host !== new URL(apiUrl).host;
    const data = {
      apiUrl,
      account,
      sender,
      ...(moved && { sealedSecret: null }),
      ...(sealed && { sealedSecret: sealed }),
    };
    if (version === null) await db.faxAccount.createMany({ data: { clinicId, ...data } });
    else {
      const where = { clinicId, version };
      const { count } = await db.faxAccount.updateMany({ where, data: { ...data, version: version + 1 } });
      if (count === 0) throw await refuseStale(db, ctx, clinicId, shown(before), "FaxAccount");
    }
    await recordAudit(db, ctx, {
      event: "fax-account.changed",
      action: version === null ? "C" : "U",
      entity: "FaxAccount",
      entityIds: [clinicId],
      detail: { version: (version ?? 0) + 1, moved, secretChanged: secret !== "" },
    });
    if (moved) await switchOff(db, ctx);
    return findFaxAccount(db, clinicId);
  });
}

/** What a refusal shows of the account there is: never its secret, sealed or not. */
function shown(row: Awaited<ReturnType<Db["faxAccount"]["findFirst"]>>) {
  if (!row) return null;
  const { apiUrl, account, sender, version, lastUpdated } = row;
  return { apiUrl, account, sender, version, lastUpdated };
}

async function switchOff(db: Db, ctx: ClinicContext): Promise<void> {
  const where = { clinicId: ctx.clinic.id, code: "fax", enabled: true };
  const row = await db.integration.findFirst({ where, select: { id: true, version: true } });
  if (!row) return;
  const version = row.version + 1;
  await db.integration.updateMany({ where, data: { enabled: false, version } });
  await recordAudit(db, ctx, {
    event: "integration.disabled",
    action: "U",
    entity: "Integration",
    entityIds: [row.id],
    detail: { code: "fax", version },
  });
}
