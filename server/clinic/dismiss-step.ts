import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { OnboardingStep } from "./settings-schema.ts";

/** Leaves one step out of the list, for the whole clinic. Done twice, it is done once. */
export async function dismissStep(ctx: ClinicContext, step: OnboardingStep): Promise<void> {
  requirePermission(ctx, "clinic:manage");
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    const count = await db.$executeRaw`
      update clinic.clinic set onboarding_dismissed = array_append(onboarding_dismissed, ${step}), version = version + 1
      where clinic_id = ${clinicId}::uuid and not ${step} = any (onboarding_dismissed)`;
    if (count === 0) return;
    await recordAudit(db, ctx, {
      event: "clinic.step-dismissed",
      action: "U",
      entity: "Clinic",
      entityIds: [clinicId],
      detail: { step },
    });
  });
}
