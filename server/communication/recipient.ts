import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { invalid, notFound, precondition } from "#server/errors.ts";
import { requireLive } from "#server/patient/require-live-patient.ts";
import { todayIn } from "#server/patient/today.ts";
import type { RecipientInput, RecipientKind } from "./schema.ts";

/** To whom, as the register keeps it. */
interface Recipient {
  readonly recipientKind: RecipientKind;
  readonly correspondentId: string | null;
  readonly relatedPersonId: string | null;
  readonly recipientName: string;
}

/**
 * Who receives, by the name that they have today.
 * @throws NotFound for a patient, a correspondent or a relative who is not here; Invalid beside `recipient` for a relative who may not act (AC-17)
 */
export async function findRecipient(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  to: RecipientInput,
): Promise<Recipient> {
  const clinicId = ctx.clinic.id;
  const patient = await db.patient.findFirst({
    where: { clinicId, id: patientId },
    select: { givenName: true, familyName: true, status: true },
  });
  if (!patient) throw notFound();
  requireLive(patient);
  const nobody = { correspondentId: null, relatedPersonId: null };
  if (to.kind === "patient")
    return { ...nobody, recipientKind: "patient", recipientName: `${patient.givenName} ${patient.familyName}` };
  if (to.kind === "other") return { ...nobody, recipientKind: "other", recipientName: to.name };
  if (to.kind === "related") {
    const [related] = await db.$queryRaw<{ name: string; may: boolean }[]>`
      select r.given_name || ' ' || r.family_name as name, clinic.may_act(r.clinic_id, r.id, ${todayIn(ctx.clinic.timeZone)}::date) as may
      from clinic.related_person r where r.clinic_id = ${clinicId}::uuid and r.id = ${to.id}::uuid and r.patient_id = ${patientId}::uuid`;
    if (!related) throw notFound();
    if (!related.may) throw invalid("invalid", { recipient: "communication.mayNotReceive" });
    return { ...nobody, recipientKind: "related", relatedPersonId: to.id, recipientName: related.name };
  }
  const one = await db.correspondent.findFirst({
    where: { clinicId, id: to.id },
    select: { givenName: true, familyName: true, name: true, status: true },
  });
  if (!one) throw notFound();
  if (one.status !== "active") throw precondition("communication.inactive");
  const recipientName = [[one.givenName, one.familyName].filter(Boolean).join(" "), one.name]
    .filter(Boolean)
    .join(", ")
    .slice(0, 200);
  return { ...nobody, recipientKind: "correspondent", correspondentId: to.id, recipientName };
}
