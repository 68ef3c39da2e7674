import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { checkCandidates, freeServiceName } from "./check-service.ts";
import { readServices } from "./record.ts";
import type { ChangeServiceInput } from "./schema.ts";
import { hashServiceCode, makeServiceCode } from "./service-code.ts";
import { writeRequirements } from "./write-requirements.ts";

/**
 * Changes a service and all that it needs, or puts it out of use; visits that are booked stay as they were booked.
 * @returns a code when the service is booked by code from now on: shown this once, kept nowhere; null otherwise
 * @throws Conflict `stale` with the service as it is now; Invalid beside its field; NotFound
 */
export async function changeService(
  ctx: ClinicContext,
  input: ChangeServiceInput,
): Promise<{ version: number; code: string | null }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { id, version, active, requirements, ...card } = input;
  const key = card.audience === "code" ? await openClinicKey(clinicId) : null;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const before = await db.healthcareService.findFirst({ where: { clinicId, id }, select: { audience: true } });
    const code = key && before?.audience !== "code" ? makeServiceCode() : null;
    if (before && active) await freeServiceName(db, clinicId, id, card.name);
    await checkCandidates(db, clinicId, requirements);
    const { count } = await db.healthcareService.updateMany({
      where: { clinicId, id, version },
      data: {
        ...card,
        ...(!key && { codeHash: null }),
        ...(key && code && { codeHash: hashServiceCode(key, id, code) }),
        status: active ? "active" : "inactive",
        version: version + 1,
      },
    });
    if (count === 0)
      throw await refuseStale(db, ctx, id, (await readServices(db, clinicId, { id, most: 1 }))[0] ?? null);
    await writeRequirements(db, clinicId, id, requirements);
    await recordAudit(db, ctx, {
      event: "service.changed",
      action: "U",
      entity: "HealthcareService",
      entityIds: [id],
      detail: { version: version + 1, active, online: card.online, audience: card.audience },
    });
    return { version: version + 1, code };
  });
}
