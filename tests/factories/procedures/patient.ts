import { makePatient, patientInput } from "#prisma/seed/fictional-patient.ts";
import { sayReason } from "#server/chart/say-reason.ts";
import { recordConsent } from "#server/consent/record-consent.ts";
import { recordConsentInput } from "#server/consent/schema.ts";
import { addCorrespondent } from "#server/correspondent/add-correspondent.ts";
import { addCorrespondentInput } from "#server/correspondent/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { addAlert } from "#server/patient/add-alert.ts";
import type { PatientView } from "#server/patient/record.ts";
import { saveList } from "#server/patient/saved-lists.ts";
import { addAlertInput, saveListInput } from "#server/patient/schema.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { mergeNow } from "#tests/factories/merge.ts";
import { checkFile, runFile, takeFile } from "#tests/factories/patient-import.ts";
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
  "patient.addAlert": async (scene) => newAlert((await someone(scene)).id),
  "patient.endAlert": async (scene) => {
    const { id: patientId } = await someone(scene);
    const { id } = await addAlert(scene.clinic.owner.ctx, newAlert(patientId));
    return { id, version: 1 };
  },
  "patient.removePhoto": async (scene) => {
    const { id, version } = await someone(scene);
    return { id, version };
  },
  "patient.list": async () => ({ filters: { ageFrom: 18 } }),
  "patient.lists": async () => undefined,
  "patient.saveList": async () => newList(),
  "patient.removeList": async (scene) => {
    const { id } = await saveList(scene.member.ctx, newList());
    return { id, version: 1 };
  },
  "patient.merges": async (scene) => ({ id: (await someone(scene)).id }),
  "patient.merge": async (scene) => mergeOf(await someone(scene), await someone(scene)),
  "patient.part": async (scene) => {
    const merge = mergeOf(await someone(scene), await someone(scene));
    await mergeNow(scene.clinic, merge);
    return { id: merge.id, version: 2 };
  },
  "patientImport.list": async () => undefined,
  "patientImport.read": async ({ clinic }) => ({ id: (await takeFile(clinic)).id }),
  "patientImport.lines": async ({ clinic }) => ({ id: (await takeFile(clinic)).id }),
  "patientImport.check": async ({ clinic }) => {
    const { id, version, mapping } = await takeFile(clinic);
    return { id, version, mapping, sourceSystem: "Ancien logiciel" };
  },
  "patientImport.run": async ({ clinic }) => {
    const { id, version } = await checkFile(clinic);
    return { id, version };
  },
  "patientImport.undo": async ({ clinic }) => {
    const { id, version } = await runFile(clinic, await checkFile(clinic));
    return { id, version };
  },
  "consent.list": async (scene) => ({ patientId: (await someone(scene)).id }),
  "consent.record": async (scene) => consentOf((await someone(scene)).id),
  "consent.withdraw": async (scene) => {
    const { id } = await recordConsent(scene.clinic.owner.ctx, consentOf((await someone(scene)).id));
    return { id, version: 1, mode: "oral" };
  },
  "correspondent.list": async () => ({ text: "", kind: "pharmacy" }),
  "correspondent.add": async () => newPharmacy(),
  "correspondent.change": async (scene) => {
    const pharmacy = newPharmacy();
    await addCorrespondent(scene.clinic.owner.ctx, pharmacy);
    return { ...pharmacy, version: 1, status: "active", fax: "418 555-0143" };
  },
  "privacy.restrictions": async (scene) => ({ patientId: (await someone(scene)).id }),
  "privacy.restrict": async (scene) =>
    restriction((await someone(scene)).id, (await makeMember(scene.clinic, "assistant")).userId),
  "privacy.endRestriction": async (scene) => ({ ...(await restricted(scene)).row, reason: "La personne le demande." }),
  "privacy.liveRestrictions": async () => ({}),
  "privacy.openings": async (scene) => ({ patientId: (await someone(scene)).id }),
  "privacy.toReview": async () => ({}),
  "privacy.countToReview": async () => undefined,
  "privacy.review": async (scene) => ({
    id: newId(),
    kind: "reason",
    openingId: await oddOpening(scene),
    flagged: false,
  }),
  "privacy.breakGlass": async (scene) => ({
    patientId: (await restricted(scene, scene.member.userId)).patientId,
    reason: "Danger pour la vie",
  }),
};

const newAlert = (patientId: string) =>
  addAlertInput.parse({ id: newId(), patientId, text: "Sourde de l’oreille gauche", severity: "attention" });

const newList = () => saveListInput.parse({ id: newId(), name: "À revoir", filters: { noNextVisit: true } });

const mergeOf = (survivor: PatientView, merged: PatientView) => ({
  id: newId(),
  survivorId: survivor.id,
  survivorVersion: survivor.version,
  mergedId: merged.id,
  mergedVersion: merged.version,
  reason: "Inscrit deux fois",
});

const consentOf = (patientId: string) =>
  recordConsentInput.parse({
    id: newId(),
    patientId,
    purpose: "disclosure",
    decision: "permit",
    scope: "Rapports au médecin de famille",
    mode: "oral",
    takenOn: "2026-11-02",
  });

const newPharmacy = () =>
  addCorrespondentInput.parse({ id: newId(), kind: "pharmacy", name: "Pharmacie de la 3e Avenue", fax: "4185550142" });

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

/** A chart that somebody of this clinic opened for a reason of their own. */
async function oddOpening({ clinic }: Scene): Promise<string> {
  const id = newId();
  const { ctx } = await makeMember(clinic, "professional");
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  await sayReason(ctx, { id, patientId, reason: "other", note: "Retour d’appel" });
  return id;
}

async function restricted({ clinic }: Scene, userId?: string) {
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  const from = userId ?? (await makeMember(clinic, "assistant")).userId;
  const caller = callerOf(clinic.owner, clinic);
  await caller.privacy.restrict(restriction(patientId, from));
  const [row] = await caller.privacy.restrictions({ patientId });
  return { patientId, row: { id: row?.id, version: row?.version } };
}
