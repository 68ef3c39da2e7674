import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { checkCandidates, freeServiceName } from "./check-service.ts";
import type { AddServiceInput } from "./schema.ts";
import { hashServiceCode, makeServiceCode } from "./service-code.ts";
import { writeRequirements } from "./write-requirements.ts";

/**
 * Adds a service with what it needs. Sent twice with one id, it is added once.
 * @returns the code of a service that is booked by code: shown this once, kept nowhere; null otherwise
 * @throws Invalid beside its field
 */
export async function addService(
  ctx: ClinicContext,
  input: AddServiceInput,
): Promise<{ id: string; version: number; code: string | null }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { id, requirements, ...card } = input;
  const code = card.audience === "code" ? makeServiceCode() : null;
  const codeHash = code === null ? null : hashServiceCode(await openClinicKey(clinicId), id, code);
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const there = await db.healthcareService.findFirst({ where: { clinicId, id }, select: { version: true } });
    if (there) return { id, version: there.version, code: null };
    await freeServiceName(db, clinicId, id, card.name);
    await checkCandidates(db, clinicId, requirements);
    await db.healthcareService.createMany({ data: { clinicId, id, ...card, codeHash } });
    await writeRequirements(db, clinicId, id, requirements);
    await recordAudit(db, ctx, {
      event: "service.added",
      action: "C",
      entity: "HealthcareService",
      entityIds: [id],
      detail: { online: card.online, audience: card.audience },
    });
    return { id, version: 1, code };
  });
}
