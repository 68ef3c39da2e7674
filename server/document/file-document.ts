import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { indexDocument } from "./index-document.ts";
import { requireReviewer } from "./record.ts";
import { refuseChange } from "./refuse-change.ts";
import type { FileDocumentInput } from "./schema.ts";

/**
 * Puts a document that waits into a patient's chart, under its type, title, day and author, and asks somebody to review it. Pressed twice, it is
 * filed once; of two people, the first files it.
 * @throws Conflict `stale`; NotFound for a document, a patient or a reviewer who is not here; Precondition for a record opened by mistake, and `document.names` when its words name
 * somebody else and nobody said that they knew
 */
export async function fileDocument(ctx: ClinicContext, input: FileDocumentInput): Promise<{ version: number }> {
  requirePermission(ctx, "document:file");
  return withStaff(ctx, (db) => fileIn(db, ctx, input));
}

/** The same in the caller's transaction, for what is done with it in the same gesture. */
export async function fileIn(db: Db, ctx: ClinicContext, input: FileDocumentInput): Promise<{ version: number }> {
  const clinicId = ctx.clinic.id;
  const { id, version, patientId, datedOn, reviewerId, urgent, despite, ...card } = input;
  await requireLivePatient(db, ctx, patientId);
  if (reviewerId) await requireReviewer(db, clinicId, reviewerId);
  if (!despite) await refuseOther(db, clinicId, id, patientId);
  const { count } = await db.document.updateMany({
    where: { clinicId, id, version, status: "received" },
    data: {
      ...card,
      patientId,
      datedOn: new Date(`${datedOn}T00:00:00Z`),
      status: "filed",
      handledBy: ctx.user.id,
      handledAt: new Date(),
      reviewerId,
      urgent: reviewerId !== null && urgent,
      errorNote: "",
      version: version + 1,
    },
  });
  if (count === 0) {
    const again = { clinicId, id, version: version + 1, status: "filed", handledBy: ctx.user.id, patientId };
    if (await db.document.findFirst({ where: again, select: { id: true } })) return { version: version + 1 };
    throw await refuseChange(db, ctx, id);
  }
  await indexDocument(db, clinicId, id);
  await recordAudit(db, ctx, {
    event: "document.filed",
    action: "U",
    entity: "Document",
    entityIds: [id],
    patientId,
    ground: groundOf(ctx),
    detail: { version: version + 1, documentType: card.documentType, reviewerId, ...(despite && { despite }) },
  });
  return { version: version + 1 };
}

/** Of people whom whoever files it may see: of others nothing is said. */
async function refuseOther(db: Db, clinicId: string, id: string, patientId: string): Promise<void> {
  const other = await db.documentText.findFirst({
    where: {
      clinicId,
      id,
      status: "received",
      namedPatientRef: { id: { not: patientId }, status: { not: "entered-in-error" } },
    },
    select: { id: true },
  });
  if (other) throw precondition("document.names");
}
