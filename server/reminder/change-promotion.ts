import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { ensureStanding } from "./find-standing.ts";
import { type PromotionRecord, readPromotionRecords } from "./promotion-record.ts";
import type { ChangePromotionInput } from "./schema.ts";

/**
 * Writes down that a person agreed to news and offers at one of their addresses, or took it back: with the words, the day, how, and who wrote it.
 * It holds for the address, so that one who changes theirs is asked again.
 * @throws Conflict `stale` with the address as it is now; NotFound; Precondition when the record was a mistake
 */
export async function changePromotion(ctx: ClinicContext, input: ChangePromotionInput): Promise<PromotionRecord> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  const { patientId, contactId, granted, source, version } = input;
  const keys = { clinic: await openClinicKey(clinicId), platform: await openPlatformKey() };
  return withStaff(ctx, async (db) => {
    await requireLivePatient(db, ctx, patientId);
    const contact = await db.patientContact.findFirst({
      where: { clinicId, id: contactId, patientId, system: { in: ["email", "sms"] }, endedAt: null },
      select: { normalised: true },
    });
    const read = async () =>
      (await readPromotionRecords(db, keys, patientId)).find((one) => one.contactId === contactId);
    const before = await read();
    if (!contact || !before) throw notFound();
    const id = await ensureStanding(db, keys, before.channel, contact.normalised);
    const { count } = await db.contactStanding.updateMany({
      where: { clinicId, id, version: version ?? 1 },
      data: {
        promotional: granted ? "granted" : "withdrawn",
        promotionalSource: source,
        promotionalAt: new Date(),
        promotionalBy: ctx.user.id,
        // What was agreed to stays beside its withdrawal.
        ...(granted && { consentText: before.text }),
        version: (version ?? 1) + 1,
      },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, before, "ContactStanding");
    await recordAudit(db, ctx, {
      event: granted ? "contact.promotion-granted" : "contact.promotion-withdrawn",
      action: "U",
      entity: "ContactStanding",
      entityIds: [id],
      patientId,
      ground: "patient-request",
      detail: { channel: before.channel, source },
    });
    return (await read()) ?? before;
  });
}
