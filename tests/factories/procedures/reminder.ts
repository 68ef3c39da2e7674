import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { wayOutToken } from "#server/reminder/contact-hash.ts";
import { ensureStanding } from "#server/reminder/find-standing.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { bookVisit, messagesOf, workOff } from "#tests/factories/visit.ts";
import type { Factory, Scene } from "./factory.ts";

const rule = async ({ clinic }: Scene) => ({
  id: newId(),
  channel: "email" as const,
  beforeMinutes: 1440,
  serviceIds: [(await makeSchedule(clinic)).serviceId],
  evenConfirmed: false,
  active: true,
});
const words = {
  kind: "reminder",
  channel: "email",
  locale: "fr",
  subject: "Rappel : {quand}",
  body: "{clinique} vous attend.\n\n{lien}",
} as const;

/** A message that did not arrive, of a visit to come. */
async function failedMessage({ clinic }: Scene): Promise<string> {
  const { appointmentId } = await bookVisit(await makeSchedule(clinic), { at: "2027-03-02 10:00" });
  await workOff(clinic);
  const id = (await messagesOf(clinic, appointmentId))[0]?.id ?? "";
  await withStaff(clinic.owner.ctx, (db) =>
    db.visitMessage.updateMany({
      where: { clinicId: clinic.id, id },
      data: { status: "failed", errorCode: "SMTP_550", settledAt: new Date() },
    }),
  );
  return id;
}

/** The way out of an address that this clinic has written to. */
export async function wayOut({
  clinic,
}: Pick<Scene, "clinic">): Promise<{ slug: string; token: string; standingId: string }> {
  const keys = { clinic: await openClinicKey(clinic.id), platform: await openPlatformKey() };
  const address = `${newId().slice(-8)}@personne.example`;
  const standingId = await withStaff(clinic.owner.ctx, (db) => ensureStanding(db, keys, "email", address));
  return { slug: clinic.slug, token: wayOutToken(keys.clinic, "email", address), standingId };
}

/** A patient with an address that nobody has written to. */
async function reachable(clinic: Scene["clinic"]): Promise<{ patientId: string; contactId: string }> {
  const value = `${newId().slice(-8)}@personne.example`;
  const patient = await makePatient(clinic.owner.ctx, { contacts: [{ system: "email", use: "home", value }] });
  return { patientId: patient.id, contactId: patient.contacts[0]?.id ?? "" };
}

export const reminderFactories: Readonly<Record<string, Factory>> = {
  "reminder.rules": async () => undefined,
  "reminder.addRule": rule,
  "reminder.changeRule": async (scene) => {
    const added = await rule(scene);
    await callerOf(scene.member, scene.clinic).reminder.addRule(added);
    return { ...added, beforeMinutes: 2880, version: 1 };
  },
  "reminder.wording": async () => undefined,
  "reminder.changeWording": async ({ member, clinic }) => ({
    ...words,
    version: (await callerOf(member, clinic).reminder.wording()).version,
  }),
  "reminder.preview": async () => words,
  "reminder.messages": async () => ({ show: "all" }),
  "reminder.resend": async (scene) => ({ id: newId(), messageId: await failedMessage(scene) }),
  "reminder.resumeContact": async (scene) => ({ messageId: await failedMessage(scene) }),
  "reminder.promotion": async ({ clinic }) => ({ patientId: (await reachable(clinic)).patientId }),
  "reminder.changePromotion": async ({ clinic }) => ({
    ...(await reachable(clinic)),
    granted: true,
    source: "phone",
    version: null,
  }),
  "reminder.unsubscribe": async (scene) => {
    const { slug, token } = await wayOut(scene);
    return { slug, token };
  },
};
