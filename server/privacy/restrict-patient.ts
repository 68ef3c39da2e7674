import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { toDate } from "#server/patient/check-dates.ts";
import { todayIn } from "#server/patient/today.ts";
import { type RestrictionView, viewRestriction } from "./record.ts";
import type { RestrictPatientInput } from "./schema.ts";

/**
 * Registers a patient's written, signed wish that a provider, or a category of providers, does not see some or all of their
 * information (LRSSS s. 7; AC-19). It holds from the next transaction of whoever it names.
 * @throws Invalid beside the field; NotFound for a patient that is not here
 */
export async function restrictPatient(ctx: ClinicContext, input: RestrictPatientInput): Promise<RestrictionView> {
  requirePermission(ctx, "patient:restrict");
  const { patientId, target, category, reason, signedOn, signerName, signerContact } = input;
  if (signedOn > todayIn(ctx.clinic.timeZone)) throw invalid("invalid", { signedOn: "patient.dateInFuture" });
  const clinicId = ctx.clinic.id;
  const id = input.id ?? newId();
  return withStaff(ctx, async (db) => {
    const twice = await db.restriction.findFirst({ where: { clinicId, id, patientId, authorId: ctx.user.id } });
    if (twice) return viewRestriction(twice);
    if (target.kind === "member") await requireMember(db, clinicId, target.userId);
    const row = await db.restriction.create({
      data: {
        clinicId,
        id,
        patientId,
        authorId: ctx.user.id,
        category,
        userId: target.kind === "member" ? target.userId : null,
        role: target.kind === "role" ? target.role : null,
        reason,
        signedOn: toDate(signedOn) ?? new Date(),
        signerName,
        signerContact,
        informedBy: ctx.user.id,
      },
    });
    await recordAudit(db, ctx, {
      event: "patient.restricted",
      action: "C",
      entity: "Restriction",
      entityIds: [id],
      patientId,
      ground: "patient-request",
      detail: { category, role: row.role, userId: row.userId },
    });
    return viewRestriction(row);
  });
}

async function requireMember(db: Db, clinicId: string, userId: string): Promise<void> {
  const member = await db.membership.findFirst({ where: { clinicId, userId }, select: { id: true } });
  if (!member) throw invalid("invalid", { "target.userId": "privacy.noSuchMember" });
}
