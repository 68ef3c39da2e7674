import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { refuseChange, refuseLetter } from "./refuse-change.ts";
import type { UnfileDocumentInput } from "./schema.ts";

/**
 * Filed in the wrong chart: back to the inbox, with why. The chart that it leaves keeps the version that was filed there, and its journal says that
 * it left; the journal of the chart where it goes next says that it came. What was signed off is taken out by whoever gives care.
 * @throws Conflict `stale`; NotFound; Forbidden; Precondition for the PDF of a letter, or a report that answered a request
 */
export async function unfileDocument(
  ctx: ClinicContext,
  { id, version, reason }: UnfileDocumentInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const where = { clinicId, id, version, status: { in: ["filed", "reviewed"] } };
    const document = await db.document.findFirst({
      where,
      select: { patientId: true, status: true, sourceSystem: true },
    });
    if (!document?.patientId) throw await refuseChange(db, ctx, id);
    refuseLetter(document);
    // A request for a consultation says that it was answered by it.
    if (await db.serviceRequest.findFirst({ where: { clinicId, reportDocumentId: id }, select: { id: true } }))
      throw precondition("document.answers");
    if (document.status === "reviewed") requirePermission(ctx, "chart:write");
    const { count } = await db.document.updateMany({
      where,
      data: {
        patientId: null,
        status: "received",
        handledBy: null,
        handledAt: null,
        reviewerId: null,
        urgent: false,
        reviewedBy: null,
        reviewedAt: null,
        errorNote: reason,
        version: version + 1,
      },
    });
    if (count === 0) throw await refuseChange(db, ctx, id);
    // What was proposed led to the wrong chart, or was not followed: it is not proposed again.
    await db.documentText.updateMany({
      where: { clinicId, id, proposedPatientId: document.patientId },
      data: { proposedPatientId: null, proposedBecause: null },
    });
    await recordAudit(db, ctx, {
      event: "document.unfiled",
      action: "U",
      entity: "Document",
      entityIds: [id],
      patientId: document.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
