import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { type PromotionRecord, readPromotionRecords } from "./promotion-record.ts";
import type { ReadPromotionInput } from "./schema.ts";

/** Which of a patient's addresses agreed to news and offers, how, when and before whom. @throws NotFound; Precondition */
export async function readPromotion(ctx: ClinicContext, { patientId }: ReadPromotionInput): Promise<PromotionRecord[]> {
  requirePermission(ctx, "patient:read");
  const keys = { clinic: await openClinicKey(ctx.clinic.id), platform: await openPlatformKey() };
  return withStaff(ctx, async (db) => {
    await requireLivePatient(db, ctx, patientId);
    const records = await readPromotionRecords(db, keys, patientId);
    const entry = { event: "contact.promotion-read", entity: "Patient", entityIds: [patientId], patientId } as const;
    await recordRead(db, ctx, entry, { refresh: true });
    return records;
  });
}
