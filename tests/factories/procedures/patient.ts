import { makePatient, patientInput } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import type { Factory, Scene } from "./factory.ts";

const someone = ({ clinic }: Parameters<Factory>[0]) => makePatient(clinic.owner.ctx);

export const patientFactories: Readonly<Record<string, Factory>> = {
  "patient.search": async () => ({ text: "gagnon" }),
  "patient.duplicates": async () => ({ familyName: "Gagnon", givenName: "Éloïse", birthDate: null }),
  "patient.read": async (scene) => ({ id: (await someone(scene)).id }),
  "chart.open": async (scene) => ({ patientId: (await someone(scene)).id }),
  "chart.sayReason": async (scene) => ({ id: newId(), patientId: (await someone(scene)).id, reason: "covering" }),
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
  "patient.updateContact": async (scene) => ({ ...(await contact(scene)), contact: email }),
  "patient.endContact": contact,
  "patient.updateRelatedPerson": async (scene) => ({ ...(await relatedPerson(scene)), person: mother }),
  "patient.endRelatedPerson": relatedPerson,
  "privacy.restrictions": async (scene) => ({ patientId: (await someone(scene)).id }),
  "privacy.restrict": async (scene) =>
    restriction((await someone(scene)).id, (await makeMember(scene.clinic, "assistant")).userId),
  "privacy.endRestriction": async (scene) => ({ ...(await restricted(scene)).row, reason: "La personne le demande." }),
  "privacy.liveRestrictions": async () => ({}),
  "privacy.brokenGlasses": async () => ({}),
  "privacy.breakGlass": async (scene) => ({
    patientId: (await restricted(scene, scene.member.userId)).patientId,
    reason: "Danger pour la vie",
  }),
};

const email = { system: "email" as const, value: "lou@personne.example" };
const mother = { relationship: "mother" as const, familyName: "Gagnon", givenName: "Anne" };

async function contact(scene: Scene) {
  const { id, version = 1 } = (await makePatient(scene.clinic.owner.ctx, { contacts: [email] })).contacts[0] ?? {};
  return { id, version };
}

async function relatedPerson(scene: Scene) {
  const { id, version = 1 } =
    (await makePatient(scene.clinic.owner.ctx, { relatedPersons: [mother] })).relatedPersons[0] ?? {};
  return { id, version };
}

const restriction = (patientId: string, userId: string) => ({
  patientId,
  target: { kind: "member" as const, userId },
  category: "*" as const,
  signedOn: "2026-11-01",
  signerName: "Lou Gagnon",
  signerContact: "418 555-0142",
  risksExplained: true as const,
});

async function restricted({ clinic }: Scene, userId?: string) {
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  const from = userId ?? (await makeMember(clinic, "assistant")).userId;
  const caller = callerOf(clinic.owner, clinic);
  await caller.privacy.restrict(restriction(patientId, from));
  const [row] = await caller.privacy.restrictions({ patientId });
  return { patientId, row: { id: row?.id, version: row?.version } };
}
