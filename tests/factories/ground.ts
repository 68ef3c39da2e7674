import { sayReason } from "#server/chart/say-reason.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";

/** This member has a ground to open these charts: they said why. Whoever gives no care needs none, and may say none. */
export async function opens({ ctx }: { readonly ctx: ClinicContext }, ...patientIds: readonly string[]): Promise<void> {
  if (!ctx.membership.permissions.has("chart:read")) return;
  for (const patientId of patientIds)
    await sayReason(ctx, { id: newId(), patientId, reason: "patient-asked", note: "" });
}
