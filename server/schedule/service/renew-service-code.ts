import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { readServices } from "./record.ts";
import type { RenewCodeInput } from "./schema.ts";
import { hashServiceCode, makeServiceCode } from "./service-code.ts";

/**
 * Another code for a service that is booked by code; the former one opens nothing any more.
 * @returns the code: shown this once, kept nowhere
 * @throws Precondition `schedule.noCode` when the service asks for none; Conflict `stale`; NotFound
 */
export async function renewServiceCode(
  ctx: ClinicContext,
  { id, version }: RenewCodeInput,
): Promise<{ version: number; code: string }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const code = makeServiceCode();
  const codeHash = hashServiceCode(await openClinicKey(clinicId), id, code);
  return withStaff(ctx, async (db) => {
    const { count } = await db.healthcareService.updateMany({
      where: { clinicId, id, version, audience: "code" },
      data: { codeHash, version: version + 1 },
    });
    if (count === 0) {
      const now = (await readServices(db, clinicId, { id, most: 1 }))[0] ?? null;
      if (now?.version === version) throw precondition("schedule.noCode");
      throw await refuseStale(db, ctx, id, now);
    }
    await recordAudit(db, ctx, {
      event: "service.code-renewed",
      action: "U",
      entity: "HealthcareService",
      entityIds: [id],
      detail: { version: version + 1 },
    });
    return { version: version + 1, code };
  });
}
