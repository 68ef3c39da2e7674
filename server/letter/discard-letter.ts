import { mayDeclareError } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { forbidden, notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { letterSelect } from "./record.ts";
import type { DiscardLetterInput, MarkLetterInErrorInput } from "./schema.ts";

/** It will not be signed; the request that it was written for is called off with it. @throws Conflict `stale`; NotFound */
export async function discardLetter(
  ctx: ClinicContext,
  { id, version }: DiscardLetterInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await db.letter.findFirst({
      where: { clinicId, id },
      select: { ...letterSelect, patientId: true },
    });
    if (!current) throw notFound();
    const { count } = await db.letter.updateMany({
      where: { clinicId, id, version, status: "draft" },
      data: { status: "discarded", version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    await db.letterDraft.updateMany({ where: { clinicId, letterId: id }, data: { closedAt: new Date() } });
    await callOff(db, ctx, id, "—");
    await recordAudit(db, ctx, {
      event: "letter.discarded",
      action: "U",
      entity: "Letter",
      entityIds: [id],
      patientId: current.patientId,
      ground: groundOf(ctx),
    });
    return { version: version + 1 };
  });
}

/**
 * Signed in the wrong chart, say: letter and stored document are said to be an error, with who and why, and stay to be read. A request that
 * nothing came of is called off with it. Who wrote or signed it says so, or has charge of the records.
 * @throws Forbidden; Conflict `stale`; NotFound
 */
export async function markLetterInError(
  ctx: ClinicContext,
  { id, version, reason }: MarkLetterInErrorInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    const current = await db.letter.findFirst({
      where: { clinicId, id },
      select: { ...letterSelect, patientId: true, documentId: true, authorId: true, signedBy: true },
    });
    if (!current) throw notFound();
    if (!mayDeclareError(ctx, current)) throw forbidden();
    const { count } = await db.letter.updateMany({
      where: { clinicId, id, version, status: "signed" },
      data: { status: "entered-in-error", errorReason: reason, errorBy: me, errorAt: new Date(), version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    const { documentId } = current;
    // On whatever version it stands: somebody who reviews it in the same moment does not leave it in the chart.
    await db.$executeRaw`
      update clinic.document d set status = 'entered-in-error', error_reason = 'wrong-document', error_note = ${reason}, reviewer_id = null, version = d.version + 1
      where d.clinic_id = ${clinicId}::uuid and d.id = ${documentId}::uuid`;
    await callOff(db, ctx, id, reason);
    await recordAudit(db, ctx, {
      event: "letter.entered-in-error",
      action: "U",
      entity: "Letter",
      entityIds: documentId ? [id, documentId] : [id],
      patientId: current.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}

async function callOff(
  db: Parameters<Parameters<typeof withStaff>[1]>[0],
  ctx: ClinicContext,
  letterId: string,
  reason: string,
): Promise<void> {
  const clinicId = ctx.clinic.id;
  const request = await db.serviceRequest.findFirst({
    where: { clinicId, letterId, status: { notIn: ["report-received", "cancelled"] } },
    select: { id: true, version: true },
  });
  if (!request) return;
  await db.serviceRequest.updateMany({
    where: { clinicId, id: request.id, version: request.version },
    data: {
      status: "cancelled",
      statusOn: new Date(`${todayIn(ctx.clinic.timeZone)}T00:00:00Z`),
      statusNote: reason,
      version: request.version + 1,
    },
  });
}
