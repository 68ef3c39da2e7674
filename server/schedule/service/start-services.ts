import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { readProposals } from "./propose-services.ts";
import type { StartServicesInput } from "./schema.ts";
import { isStartingKey } from "./starting-services.ts";
import { writeRequirements } from "./write-requirements.ts";

/**
 * Takes some of the proposed services, given by all who practise that profession here. For staff until the clinic puts them online.
 * One whose name is taken meanwhile is left out, so that sent twice it is done once.
 * @returns how many were added by this call
 * @throws Invalid beside `keys` for one that nobody proposes
 */
export async function startServices(ctx: ClinicContext, { keys }: StartServicesInput): Promise<{ added: number }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  if (!keys.every(isStartingKey)) throw invalid("invalid", { keys: "malformed" });
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const wanted = (await readProposals(db, clinicId)).filter(({ key }) => keys.includes(key));
    if (wanted.length === 0) return { added: 0 };
    const rows = wanted.map((service) => ({ ...service, id: newId() }));
    await db.healthcareService.createMany({
      data: rows.map(({ id, name, nameEn, minutes, color, insured }) => ({
        clinicId,
        id,
        name,
        nameEn,
        durationMinutes: minutes,
        color,
        insured,
      })),
    });
    for (const { id, practitioners } of rows) {
      const candidates = practitioners.map((one) => one.id);
      if (candidates.length > 0)
        await writeRequirements(db, clinicId, id, [
          { kind: "practitioner", quantity: 1, resourceType: "", candidates },
        ]);
    }
    await recordAudit(db, ctx, {
      event: "service.added",
      action: "C",
      entity: "HealthcareService",
      entityIds: rows.map(({ id }) => id),
      detail: { proposed: rows.map(({ key }) => key) },
    });
    return { added: rows.length };
  });
}
