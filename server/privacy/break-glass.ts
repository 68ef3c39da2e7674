import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { postMail } from "#server/mail/post-mail.ts";
import type { BreakGlassInput } from "./schema.ts";

/** Long enough for an emergency, short enough that a second one asks again. */
export const glassMinutes = 60;

export interface BrokenGlass {
  /** Sent with each call (header `x-chevet-break-glass`) for as long as it lives. */
  readonly id: string;
  readonly expiresAt: Date;
}

/**
 * Passes a patient's restriction, or the privacy of notes that are for others, for one person and one patient, because life or
 * integrity is at risk and consent cannot be had in time (AC-21). The row, its line in the journal and the notice to the person in charge of privacy stand or fall
 * together, before anything is shown; reading happens later, in transactions that name this row.
 * @throws Precondition `privacy.notRestricted`: nothing is closed to this person, so there is nothing to break
 */
export async function breakGlass(
  ctx: ClinicContext,
  { id = newId(), patientId, reason }: BreakGlassInput,
  now = new Date(),
): Promise<BrokenGlass> {
  requirePermission(ctx, "patient:break-glass");
  const clinicId = ctx.clinic.id;
  const expiresAt = new Date(now.getTime() + glassMinutes * 60_000);
  return withStaff(ctx, async (db) => {
    const twice = await db.breakGlass.findFirst({
      where: { clinicId, id, userId: ctx.user.id, patientId },
      select: { id: true, expiresAt: true },
    });
    if (twice) return twice;
    const closed = await db.restriction.findFirst({
      where: { clinicId, patientId, endedAt: null, OR: [{ userId: ctx.user.id }, { role: ctx.membership.role }] },
      select: { id: true },
    });
    const hidden = closed
      ? []
      : await db.$queryRaw<
          { id: string }[]
        >`select id from clinic.private_notes(${clinicId}::uuid, ${patientId}::uuid) as t (id) limit 1`;
    if (!closed && hidden.length === 0) throw precondition("privacy.notRestricted");
    await db.breakGlass.createMany({
      data: { clinicId, id, patientId, userId: ctx.user.id, reason, createdAt: now, expiresAt },
    });
    await recordAudit(db, ctx, {
      event: "patient.glass-broken",
      action: "E",
      entity: "BreakGlass",
      entityIds: [id],
      patientId,
      ground: "break-glass",
    });
    const clinic = await db.clinic.findFirstOrThrow({ where: { clinicId }, select: { defaultLocale: true } });
    const locale = clinic.defaultLocale === "en" ? "en" : "fr";
    await postMail(db, { kind: "break-glass", subject: { breakGlassId: id }, locale, clinicId });
    return { id, expiresAt };
  });
}
