import { randomBytes } from "node:crypto";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeRequest } from "#tests/factories/request-person.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import type { Factory, Scene } from "./factory.ts";

const asked = async ({ clinic }: Scene) => makeRequest(await makeSchedule(clinic));

export const requestPersonFactories: Readonly<Record<string, Factory>> = {
  "requestPerson.list": async (scene) => {
    await asked(scene);
    return {};
  },
  "requestPerson.match": async (scene) => {
    const { id, version } = await asked(scene);
    return { id, version, patientId: (await makePatient(scene.clinic.owner.ctx)).id };
  },
  "requestPerson.register": async (scene) => {
    const { id, version } = await asked(scene);
    const known = await callerOf(scene.clinic.owner, scene.clinic).patient.duplicates({
      familyName: "Gagnon",
      givenName: "Léa",
      birthDate: "1984-05-17",
    });
    return { id, version, patientId: newId(), knownDuplicates: known.map((one) => one.id) };
  },
  "requestPerson.unmatch": async (scene) => {
    const { id } = await asked(scene);
    const patientId = (await makePatient(scene.clinic.owner.ctx)).id;
    const { version } = await callerOf(scene.clinic.owner, scene.clinic).requestPerson.match({
      id,
      version: 1,
      patientId,
    });
    return { id, version };
  },
  "requestPerson.dismiss": async (scene) => {
    const { id, version, appointmentId } = await asked(scene);
    await withStaff(scene.clinic.owner.ctx, (db) =>
      db.appointment.updateMany({
        where: { clinicId: scene.clinic.id, id: appointmentId },
        data: { status: "cancelled", flow: "none", cancelledAt: new Date(), cancelledBy: "patient", version: 2 },
      }),
    );
    return { id, version };
  },
};

/** The ids that the everyday inputs leave out. */
export const everyRequestId: Readonly<Record<string, Factory>> = {
  "requestPerson.list": async (scene) => ({ cursor: { createdAt: new Date(), id: (await asked(scene)).id } }),
  // One record looks the same: without its own id, registering is refused.
  "requestPerson.register": async ({ clinic }) => {
    const familyName = `Lavoie-${[...randomBytes(8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
    const who = { familyName, givenName: "Rose", birthDate: "1990-04-04" };
    const { id, version } = await makeRequest(await makeSchedule(clinic), who);
    const twin = await makePatient(clinic.owner.ctx, { ...who, contacts: [] });
    return { id, version, patientId: newId(), knownDuplicates: [twin.id] };
  },
};
