import { makePatient, patientInput } from "#tests/factories/patient.ts";
import type { Factory } from "./factory.ts";

const someone = ({ clinic }: Parameters<Factory>[0]) => makePatient(clinic.owner.ctx);

export const patientFactories: Readonly<Record<string, Factory>> = {
  "patient.search": async () => ({ text: "gagnon" }),
  "patient.duplicates": async () => ({ familyName: "Gagnon", givenName: "Éloïse", birthDate: null }),
  "patient.read": async (scene) => ({ id: (await someone(scene)).id }),
  "patient.versions": async (scene) => ({ id: (await someone(scene)).id }),
  "patient.revealNam": async (scene) => ({ id: (await someone(scene)).id }),
  "patient.register": async () => patientInput(),
  "patient.update": async (scene) => {
    const { id, version } = await someone(scene);
    return { id, version, changes: { preferredName: "Lou" } };
  },
  "patient.markEnteredInError": async (scene) => {
    const { id, version } = await someone(scene);
    return { id, version, reason: "double du dossier" };
  },
  "patient.addContact": async (scene) => ({
    patientId: (await someone(scene)).id,
    contact: { system: "email", value: "lou@personne.example" },
  }),
  "patient.addRelatedPerson": async (scene) => ({
    patientId: (await someone(scene)).id,
    person: { relationship: "mother", familyName: "Gagnon", givenName: "Anne" },
  }),
};
