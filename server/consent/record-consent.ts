import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { todayIn } from "#server/patient/today.ts";
import type { RecordConsentInput } from "./schema.ts";

/**
 * What a person agreed to or refused, for one purpose (AC-14 to AC-16). Given by the person, or by whoever may act for them on the
 * day it was given: the database says who (AC-17). Sent twice with one id, once.
 * @throws Invalid beside the field; NotFound; Precondition for a record opened by mistake
 */
export async function recordConsent(ctx: ClinicContext, input: RecordConsentInput): Promise<{ id: string }> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, takenOn, expiresOn, givenBy, ...what } = input;
  if (takenOn > todayIn(ctx.clinic.timeZone)) throw invalid("invalid", { takenOn: "patient.dateInFuture" });
  if (expiresOn && expiresOn < takenOn) throw invalid("invalid", { expiresOn: "patient.grantOrder" });
  return withStaff(ctx, async (db) => {
    await requireLivePatient(db, ctx, patientId);
    const mine = { clinicId, id, patientId, authorId: ctx.user.id };
    if (await db.consent.findFirst({ where: mine, select: { id: true } })) return { id };
    const givenByName = givenBy
      ? await nameOfRelated(db, clinicId, { patientId, givenBy, takenOn })
      : await nameOfPatient(db, clinicId, patientId);
    await db.consent.createMany({
      data: {
        ...mine,
        ...what,
        givenBy,
        givenByName,
        takenBy: ctx.user.id,
        takenAt: new Date(`${takenOn}T12:00:00Z`),
        expiresOn: expiresOn ? new Date(expiresOn) : null,
      },
    });
    await recordAudit(db, ctx, {
      event: "consent.recorded",
      action: "C",
      entity: "Consent",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { purpose: what.purpose, decision: what.decision },
    });
    return { id };
  });
}

async function nameOfRelated(
  db: Db,
  clinicId: string,
  { patientId, givenBy, takenOn }: { patientId: string; givenBy: string; takenOn: string },
): Promise<string> {
  const [row] = await db.$queryRaw<{ name: string; may: boolean }[]>`
    select r.given_name || ' ' || r.family_name as name, clinic.may_act(r.clinic_id, r.id, ${takenOn}::date) as may
    from clinic.related_person r where r.clinic_id = ${clinicId}::uuid and r.id = ${givenBy}::uuid and r.patient_id = ${patientId}::uuid`;
  if (!row) throw notFound();
  if (!row.may) throw invalid("invalid", { givenBy: "patient.mayNotAct" });
  return row.name.slice(0, 200);
}

async function nameOfPatient(db: Db, clinicId: string, id: string): Promise<string> {
  const row = await db.patient.findFirst({ where: { clinicId, id }, select: { givenName: true, familyName: true } });
  if (!row) throw notFound();
  return `${row.givenName} ${row.familyName}`.slice(0, 200);
}
