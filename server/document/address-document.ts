import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireReviewer } from "./record.ts";
import { refuseChange } from "./refuse-change.ts";
import type { AddressDocumentInput } from "./schema.ts";

/**
 * Sends a filed document to a colleague (or to oneself): it waits in their inbox, no longer in one's own. Sent twice under one note's id, it is sent
 * once. @throws Conflict `stale`; NotFound for a document that is in no chart, or a reviewer who gives no care here;
 * Precondition `chart.reasonNeeded` for whoever takes it for themselves without a ground
 */
export async function addressDocument(ctx: ClinicContext, input: AddressDocumentInput): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, version, noteId, reviewerId, urgent, comment } = input;
  return withStaff(ctx, async (db) => {
    const said = await db.documentNote.findFirst({ where: { clinicId, id: noteId }, select: { id: true } });
    if (said) return { version: version + 1 };
    await requireReviewer(db, clinicId, reviewerId);
    const where = { clinicId, id, version, status: { in: ["filed", "reviewed"] } };
    const document = await db.document.findFirst({ where, select: { patientId: true, category: true } });
    // Before it is in their hands: taken for oneself, it would be a ground.
    if (document?.patientId && reviewerId === ctx.user.id)
      await db.$queryRaw`select clinic.grounded(${document.patientId}::uuid)`;
    const { count } = await db.document.updateMany({ where, data: { reviewerId, urgent, version: version + 1 } });
    if (!document?.patientId || count === 0) throw await refuseChange(db, ctx, id);
    const { patientId, category } = document;
    await db.documentNote.createMany({
      data: {
        clinicId,
        id: noteId,
        documentId: id,
        patientId,
        category,
        authorId: ctx.user.id,
        kind: "addressed",
        reviewerId,
        comment,
      },
    });
    await recordAudit(db, ctx, {
      event: "document.addressed",
      action: "U",
      entity: "Document",
      entityIds: [id, noteId],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, reviewerId, urgent },
    });
    return { version: version + 1 };
  });
}
