import { makePatient, patientInput } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { everyAppointmentId } from "./appointment.ts";
import type { Factory, Scene } from "./factory.ts";
import { procedureFactories } from "./registry.ts";

/**
 * Valid inputs that fill in every id which the everyday input leaves out: each place for an id that the schema has must be in one
 * of the two, or the suite fails.
 */
export const everyIdFactories: Readonly<Record<string, Factory>> = {
  ...everyAppointmentId,
  "audit.list": async (scene) => ({
    agentId: scene.member.userId,
    patientId: await aPatient(scene),
    before: newId(),
  }),
  "audit.listOwn": async (scene) => ({ patientId: await aPatient(scene), before: newId() }),
  "auth.account.traces": async () => ({ cursor: newId() }),
  "invitation.list": async (scene) => ({ after: (await anInvitation(scene)).id }),
  "invitation.send": async (scene) => ({
    ...((await usual("invitation.send", scene)) as object),
    role: "trainee",
    locationIds: [await aLocation(scene)],
    supervisorId: scene.clinic.owner.membershipId,
  }),
  "membership.list": async (scene) => ({ after: scene.clinic.owner.membershipId }),
  "membership.change": async (scene) => ({
    ...((await usual("membership.change", scene)) as object),
    role: "trainee",
    locationIds: [await aLocation(scene)],
    supervisorId: scene.clinic.owner.membershipId,
  }),
  "patient.duplicates": async (scene) => {
    const { id, familyName, givenName } = await makePatient(scene.clinic.owner.ctx);
    return { familyName, givenName, birthDate: null, except: id };
  },
  "patient.register": async (scene) => {
    const { id, familyName, givenName, birthDate } = await makePatient(scene.clinic.owner.ctx);
    const relatedPersons = [{ ...mother, relatedPatientId: await aPatient(scene) }];
    return {
      ...patientInput(),
      id: newId(),
      familyName,
      givenName,
      birthDate,
      nam,
      relatedPersons,
      knownDuplicates: [id],
    };
  },
  "patient.addRelatedPerson": async (scene) => ({
    patientId: await aPatient(scene),
    person: { ...mother, relatedPatientId: await aPatient(scene) },
  }),
  "patient.updateRelatedPerson": async (scene) => ({
    ...((await usual("patient.updateRelatedPerson", scene)) as object),
    person: { ...mother, relatedPatientId: await aPatient(scene) },
  }),
  "privacy.liveRestrictions": async () => ({ before: newId() }),
  "privacy.brokenGlasses": async () => ({ before: newId() }),
  "practitioner.list": async (scene) => ({ after: ((await usual("practitioner.change", scene)) as { id: string }).id }),
  "practitioner.add": async (scene) => ({
    ...((await usual("practitioner.add", scene)) as object),
    membershipId: (await makeMember(scene.clinic, "professional")).membershipId,
  }),
  "practitioner.change": async (scene) => ({
    ...((await usual("practitioner.change", scene)) as object),
    membershipId: (await makeMember(scene.clinic, "professional")).membershipId,
  }),
};

const mother = { relationship: "mother" as const, familyName: "Gagnon", givenName: "Anne" };
const nam = { value: null, expiry: null, status: "absent" as const, overrideReason: "" };

const usual = (path: string, scene: Scene) => (procedureFactories[path] as Factory)(scene);
const aPatient = async ({ clinic }: Scene) => (await makePatient(clinic.owner.ctx)).id;
const anInvitation = async (scene: Scene) => (await usual("invitation.revoke", scene)) as { id: string };

async function aLocation({ clinic }: Scene): Promise<string> {
  const id = newId();
  const card = { addressLine: "", city: "Québec", postalCode: "", phone: "", timeZone: "America/Toronto" } as const;
  await callerOf(clinic.owner, clinic).location.add({ ...card, id, name: `Lieu ${id}` });
  return id;
}
