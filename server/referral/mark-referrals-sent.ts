import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";

interface Sent {
  /** Documents that were sent; those that are no request's are passed over. */
  readonly documentIds: readonly string[];
  readonly sentAt: Date;
}

/**
 * For whoever sends documents, in their own transaction: a request whose signed PDF is among them is « sent ». One that was sent already, or is
 * further on its way, stays as it is: sent twice, it is told once.
 */
export async function markReferralsSent(db: Db, ctx: ClinicContext, { documentIds, sentAt }: Sent): Promise<void> {
  const clinicId = ctx.clinic.id;
  const letters = await db.letter.findMany({
    where: { clinicId, documentId: { in: [...documentIds] }, kind: "referral", status: "signed" },
    select: { id: true },
  });
  if (letters.length === 0) return;
  const requests = await db.serviceRequest.findMany({
    where: { clinicId, letterId: { in: letters.map(({ id }) => id) }, status: "signed" },
    select: { id: true, patientId: true, version: true },
    orderBy: { id: "asc" },
  });
  const day = todayIn(ctx.clinic.timeZone, sentAt);
  for (const { id, patientId, version } of requests) {
    const { count } = await db.serviceRequest.updateMany({
      where: { clinicId, id, version, status: "signed" },
      data: {
        status: "sent",
        statusOn: new Date(`${day}T00:00:00Z`),
        statusNote: "electronic",
        version: version + 1,
      },
    });
    if (count === 0) continue;
    await recordAudit(db, ctx, {
      event: "referral.sent",
      action: "U",
      entity: "ServiceRequest",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, from: "signed" },
    });
  }
}
