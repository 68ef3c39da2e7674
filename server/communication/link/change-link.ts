import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { requireIntegration } from "#server/integration/require-integration.ts";
import { groundOf } from "#server/patient/ground.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { sendLinkCode } from "../jobs.ts";
import type { RenewCodeInput } from "../schema.ts";
import { makeCode } from "./make-code.ts";

/**
 * Another code, and five tries anew; the one before opens nothing.
 * @returns the code to be given by telephone, this once; null when it goes by text message
 * @throws NotFound; Precondition `communication.over`, `communication.noMobile`, `integration.off`
 */
export async function renewCode(ctx: ClinicContext, { id, codeBy }: RenewCodeInput): Promise<{ code: string | null }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const made = codeBy === "telephone" ? makeCode(await openClinicKey(clinicId), id) : null;
  return withStaff(ctx, async (db) => {
    const one = await db.transmission.findFirst({
      where: { clinicId, id, channel: "link" },
      select: { patientId: true, revokedAt: true, expiresAt: true, mobile: true },
    });
    if (!one) throw notFound();
    if (one.revokedAt || !one.expiresAt || one.expiresAt < new Date()) throw precondition("communication.over");
    if (!made) {
      if (one.mobile === "") throw precondition("communication.noMobile");
      await requireIntegration(db, clinicId, "sms");
    }
    await db.transmission.updateMany({
      where: { clinicId, id },
      data: { codeHash: made?.hash ?? null, codeBy, tries: 0, accessHash: null, accessUntil: null },
    });
    if (!made) await enqueue(db, sendLinkCode, { communicationId: id, userId: ctx.user.id }, { clinicId });
    await recordAudit(db, ctx, {
      event: "communication.code-renewed",
      action: "U",
      entity: "Communication",
      entityIds: [id],
      patientId: one.patientId,
      ground: groundOf(ctx),
      detail: { codeBy },
    });
    return { code: made?.code ?? null };
  });
}

/**
 * Ends a link at once, or a fax that has not gone yet. What was sent stays in the register; pressed twice, it is ended once.
 * @throws NotFound; Precondition `communication.gone` for a fax that is under way or gone
 */
export async function revokeSending(ctx: ClinicContext, { id }: { id: string }): Promise<void> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  await withStaff(ctx, async (db) => {
    const one = await db.transmission.findFirst({
      where: { clinicId, id },
      select: { patientId: true, channel: true, revokedAt: true },
    });
    if (!one) throw notFound();
    if (one.revokedAt) return;
    const stillHere = one.channel === "fax" ? { status: { in: ["queued", "failed"] } } : {};
    const { count } = await db.transmission.updateMany({
      where: { clinicId, id, revokedAt: null, ...stillHere },
      data: { status: "revoked", revokedAt: new Date(), revokedBy: ctx.user.id, accessHash: null },
    });
    if (count === 0) throw precondition("communication.gone");
    await recordAudit(db, ctx, {
      event: "communication.revoked",
      action: "U",
      entity: "Communication",
      entityIds: [id],
      patientId: one.patientId,
      ground: groundOf(ctx),
    });
  });
}
