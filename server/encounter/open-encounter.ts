import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { invalid, notFound } from "#server/errors.ts";
import type { EncounterClass } from "./schema.ts";

export interface OpenedEncounter {
  readonly id: string;
  readonly startedAt: Date;
}

interface Opening {
  readonly id: string;
  readonly patientId: string;
  readonly appointmentId: string | null;
  readonly class: EncounterClass;
  readonly reason: string;
  readonly startedAt: Date | undefined;
}

/** How the service is given says how they meet. */
const classes: Readonly<Record<string, EncounterClass>> = { phone: "telephone", video: "virtual" };

/**
 * The encounter of this person at this visit, opened the first time; without a visit, a new one. In the caller's transaction.
 * @throws NotFound; Invalid when the visit is another patient's
 */
export async function openEncounter(db: Db, ctx: ClinicContext, opening: Opening): Promise<OpenedEncounter> {
  const clinicId = ctx.clinic.id;
  const { id, patientId, appointmentId } = opening;
  const card = await db.practitioner.findFirst({
    where: { clinicId, membershipId: ctx.membership.id },
    select: { id: true },
  });
  const visit = appointmentId ? await readVisit(db, clinicId, appointmentId) : null;
  if (visit && visit.patientId !== patientId) throw invalid("note.otherPatient");
  const startedAt = opening.startedAt ?? visit?.startsAt ?? new Date();
  const kind = (visit && classes[visit.mode]) ?? opening.class;
  // Pressed in two windows at one moment: the second waits, and finds the first's.
  const made = await db.$executeRaw`
    insert into clinic.encounter (clinic_id, id, patient_id, author_id, appointment_id, practitioner_id, class, reason, started_at)
    values (${clinicId}::uuid, ${id}::uuid, ${patientId}::uuid, ${ctx.user.id}::uuid, ${appointmentId}::uuid, ${card?.id ?? null}::uuid,
      ${kind}, ${opening.reason || visit?.reason || ""}, ${startedAt})
    on conflict do nothing`;
  if (made === 1) return { id, startedAt };
  const known = await db.encounter.findFirst({
    where: appointmentId
      ? {
          clinicId,
          appointmentId,
          ...(card ? { practitionerId: card.id } : { practitionerId: null, authorId: ctx.user.id }),
        }
      : { clinicId, id, patientId },
    select: { id: true, startedAt: true },
  });
  if (!known) throw notFound();
  return known;
}

async function readVisit(db: Db, clinicId: string, id: string) {
  const visit = await db.appointment.findFirst({
    // Its sitting says where it is, which may be no place of theirs.
    where: { clinicId, id, status: { not: "entered-in-error" }, sittingRef: { clinicId } },
    select: { patientId: true, reason: true, sittingRef: { select: { startsAt: true, mode: true } } },
  });
  if (!visit) throw notFound();
  return { patientId: visit.patientId, reason: visit.reason, ...visit.sittingRef };
}
