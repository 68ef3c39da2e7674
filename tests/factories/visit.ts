import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { createLogger } from "#server/logger.ts";
import { planAppointmentMessages } from "#server/reminder/plan-appointment-messages.ts";
import { planClinicMessages } from "#server/reminder/plan-clinic-messages.ts";
import { planSittingMessages } from "#server/reminder/plan-sitting-messages.ts";
import { withdrawContactConsent } from "#server/reminder/withdraw-contact-consent.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import type { TestClinic } from "./clinic.ts";
import { type SittingShape, sit, type TestSchedule } from "./schedule.ts";

/** Visits as reception books them, and what the worker then does about their messages. */

export interface PersonShape {
  email?: string;
  phone?: string;
  texts?: boolean;
  language?: "fr" | "en";
}

/** Books a visit for somebody who asked online; the plan's job is asked for by the trigger. @returns the appointment's id */
export async function bookVisit(
  place: TestSchedule,
  shape: SittingShape,
  person: PersonShape = {},
): Promise<{ appointmentId: string; sittingId: string }> {
  const { clinic } = place;
  const clinicId = clinic.id;
  const { email = `${newId().slice(-8)}@personne.example`, phone = "", texts = false, language = "fr" } = person;
  return withStaff(clinic.owner.ctx, async (db) => {
    const sittingId = await sit(db, place, shape);
    const [requestPersonId, appointmentId] = [newId(), newId()];
    await db.requestPerson.createMany({
      data: {
        clinicId,
        id: requestPersonId,
        familyName: "Canari",
        givenName: "Zoé",
        language,
        email,
        phone,
        textMessages: texts,
        verifiedAt: new Date(),
      },
    });
    await db.appointment.createMany({
      data: { clinicId, id: appointmentId, sittingId, requestPersonId, source: "online" },
    });
    return { appointmentId, sittingId };
  });
}

/** The host's approval: without it a clinic writes to nobody. */
export const approve = (adminUrl: string, { id }: TestClinic) =>
  asAdmin(adminUrl, (admin) =>
    admin.query(
      "update host.clinic_registration set status = 'approved', approved_at = now(), approved_by = $2 where clinic_id = $1",
      [id, newId()],
    ),
  );

export const silentLog = createLogger({ write: () => undefined }, "silent");

export const jobContext = (clinic: Pick<TestClinic, "id">, jobId: string, job: string) => ({
  requestId: newId(),
  job,
  clinicId: clinic.id,
  jobId,
  attempt: 1,
  log: silentLog,
});

const planners: Readonly<Record<string, (ctx: ReturnType<typeof jobContext>, payload: never) => Promise<void>>> = {
  "plan-appointment": planAppointmentMessages,
  "plan-sitting": planSittingMessages,
  "plan-clinic": planClinicMessages,
  "withdraw-contact": withdrawContactConsent,
};

/** Does what the worker owes this clinic, sending apart. @returns how many jobs there were */
export async function workOff(clinic: Pick<TestClinic, "id">): Promise<number> {
  const owed = await withRelay(
    (db) => db.$queryRaw<{ id: string; job: string; payload: Record<string, string> }[]>`
      select id, job, payload from queue.outbox where clinic_id = ${clinic.id}::uuid and job = any(${Object.keys(planners)}) order by created_at, id`,
  );
  for (const { id, job, payload } of owed) {
    await planners[job]?.(jobContext(clinic, id, job), payload as never);
    // As the runner does.
    await withRelay((db) => db.$executeRaw`delete from queue.outbox where id = ${id}::uuid`);
  }
  return owed.length;
}

/** The messages of a visit, in the order in which they were planned. */
export const messagesOf = (clinic: TestClinic, appointmentId: string) =>
  withStaff(clinic.owner.ctx, (db) =>
    db.visitMessage.findMany({
      where: { clinicId: clinic.id, appointmentId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
